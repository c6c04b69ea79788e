package io.afp.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.core.job.Job;
import io.afp.core.job.Upkeep;
import io.afp.core.lake.LakeSession;
import io.afp.core.lake.S3Properties;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.Database.Account;
import io.afp.core.ledger.Phase;
import io.afp.core.settings.S3Settings;
import io.afp.core.settings.Secret;
import io.afp.core.testing.TestPostgres;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A project whose sources and tables are in buckets of its own. */
final class Shop implements AutoCloseable {

  private static int shops;

  private final Path root;
  private final Account account = TestPostgres.ledger();
  private final S3Client s3 = S3Server.start().client();
  private final String sources = "sources-" + ++shops;
  private final String lake = "lake-" + shops;
  private final String endpoint;

  Shop(Path root, String endpoint) {
    this.root = root;
    this.endpoint = endpoint;
    s3.createBucket(b -> b.bucket(sources));
    s3.createBucket(b -> b.bucket(lake));
    settings(S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
    write("shop/pipeline.yaml", "pipeline: shop\ninterval: { unit: month, zone: UTC }\n");
    write(
        "shop/tables/raw/orders.yaml",
        """
        from: { files: "s3a://%s/orders/${interval:yyyy-MM}*.csv", format: csv }
        columns:
          id:         { type: int, required: true }
          amount:     { type: "decimal(10,2)" }
          ordered_on: { type: date, required: true }
        key: [id]
        partition_by: [month(ordered_on)]
        write: { mode: replace, interval_column: ordered_on }
        rejects: { at_most: 50%% }
        """
            .formatted(sources));
    write(
        "shop/tables/core/sales.yaml",
        "columns: { orders: { type: long }, amount: { type: \"decimal(20,2)\" } }\n");
    write(
        "shop/tables/core/sales.sql",
        "select count(*) as orders, sum(amount) as amount from raw.orders\n");
  }

  /** The settings with these keys. */
  void settings(String access, String secret) {
    settings("s3a://" + lake + "/warehouse", access, secret, "");
  }

  void settings(String warehouse, String access, String secret, String more) {
    write(
        "afp.yaml",
        """
        lake: { uri: "%s", user: %s, password: "%s", warehouse: "%s" }
        s3: { endpoint: "%s", access_key: "%s", secret_key: "%s" }
        spark:
          sql.shuffle.partitions: "2"
        %s
        """
            .formatted(
                account.uri(),
                account.user().orElse("postgres"),
                account.password().map(Secret::reveal).orElse(""),
                warehouse,
                endpoint,
                access,
                secret,
                more));
  }

  /** A file of orders: two with these ids on the fifth of a month of 2024, and one that is none. */
  void orders(int month, int first, int second) {
    put(
        file(month),
        "id,amount,ordered_on%n%2$d,10.00,2024-%1$02d-05%n%3$d,2.50,2024-%1$02d-05%nx,1,2024-%1$02d-05%n"
            .formatted(month, first, second));
  }

  static String file(int month) {
    return "orders/2024-%02d.csv".formatted(month);
  }

  String sources() {
    return sources;
  }

  String lake() {
    return lake;
  }

  Path root() {
    return root;
  }

  Account account() {
    return account;
  }

  void put(String key, String text) {
    s3.putObject(b -> b.bucket(sources).key(key), RequestBody.fromString(text));
  }

  /** Puts an object into the bucket of the warehouse. */
  void putBeside(String key) {
    s3.putObject(b -> b.bucket(lake).key(key), RequestBody.fromString("left over"));
  }

  /** The keys of the objects of the warehouse. */
  List<String> files() {
    return s3.listObjectsV2Paginator(b -> b.bucket(lake)).contents().stream()
        .map(S3Object::key)
        .sorted()
        .toList();
  }

  void write(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the pipeline; the whole report. */
  JsonNode run(int exitCode, String interval) {
    List<String> all = new ArrayList<>(List.of("--interval", interval));
    all.addAll(List.of("--pipeline", root.resolve("shop").toString()));
    all.addAll(common());
    return report(Job.of("afp-pipeline", Phase.values()).run(all.toArray(String[]::new)), exitCode);
  }

  /** Does upkeep; the whole report. */
  JsonNode upkeep(int exitCode, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(common());
    return report(Upkeep.run(all.toArray(String[]::new)), exitCode);
  }

  private List<String> common() {
    return List.of("--project", root.toString(), "--report", root.resolve("report.json") + "");
  }

  private JsonNode report(int found, int expected) {
    try {
      JsonNode document = new ObjectMapper().readTree(root.resolve("report.json").toFile());
      assertThat(found).as(document.toString()).isEqualTo(expected);
      return document;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows that main has. */
  List<String> rows(String sql) {
    SparkSession main =
        new LakeSession(account, "s3a://" + lake + "/warehouse", "test", iceberg())
            .onMain(TestSpark.session());
    try {
      return main.sql(sql).collectAsList().stream().map(Row::toString).sorted().toList();
    } finally {
      LakeSession.close(main);
    }
  }

  /** The rows that the ledger has, as texts. */
  List<String> ledger(String sql) {
    try (Database database = Database.open(account, "test")) {
      return database.inTransaction(handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
  }

  private java.util.Map<String, String> iceberg() {
    S3Settings.Keys keys =
        new S3Settings.Keys(
            Secret.of(S3Server.ACCESS_KEY), Secret.of(S3Server.SECRET_KEY), Optional.empty());
    return S3Properties.iceberg(
        Optional.of(
            new S3Settings(
                Optional.of(S3Server.start().address().toString()),
                Optional.empty(),
                true,
                Optional.of(keys))));
  }

  @Override
  public void close() {
    s3.close();
    TestPostgres.drop(account);
  }
}
