package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.catalog.Branches;
import io.afp.core.lake.LakeSession;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.LeaseKeeper;
import io.afp.core.testing.Halt;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done between the runs changes nothing that anybody needs. */
@Tag("long")
final class UpkeepIT {

  private static final int GATE = 65;
  private static final int CONFLICT = 75;
  private static final int CONFIGURATION = 78;

  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void makeShop() {
    TestSpark.session();
    shop = Shop.in(folder);
  }

  @Test
  void aRollbackBringsBackAllTablesAndWhatIsServed() throws IOException {
    assertThat(run("2024-01")).isZero();
    Map<String, List<String>> first = State.lake(shop);
    List<String> firstServed = served();
    assertThat(run("2024-02")).isZero();
    Map<String, List<String>> second = State.lake(shop);

    JsonNode look = upkeep(0, "rollback", "--to", "1", "--dry-run");
    assertThat(look.path("tables").findValuesAsText("table"))
        .contains("core.orders", "mart.city_sales", "raw.orders");
    assertThat(look.path("served").toString()).isEqualTo("[\"mart.city_sales\"]");
    assertThat(look.at("/tables/0/snapshot_now").isTextual()).isTrue();
    assertThat(State.lake(shop)).as("a dry run changes nothing").isEqualTo(second);

    JsonNode done = upkeep(0, "rollback", "--to", "1");
    assertThat(done.path("release").asLong()).isEqualTo(3);
    assertThat(done.path("served").get(0).asText()).isEqualTo("mart.city_sales");
    assertThat(State.lake(shop)).isEqualTo(first);
    assertThat(served()).isEqualTo(firstServed);
    assertThat(upkeep(0, "rollback", "--to", "1").path("tables"))
        .as("twice is no change")
        .isEmpty();

    assertThat(run("2024-02")).as("February is done again").isZero();
    assertThat(State.lake(shop)).isEqualTo(second);
    assertThat(upkeep(0, "rollback", "--to", "3").path("tables")).as("a rollback too").isNotEmpty();
    assertThat(State.lake(shop)).isEqualTo(first);
  }

  @Test
  void aRollbackTakesBackColumnsAndTablesThatCameLater() throws IOException {
    assertThat(run("2024-01")).isZero();
    Map<String, List<String>> first = State.lake(shop);
    String customers = "shop/tables/raw/customers.yaml";
    String before = Files.readString(folder.resolve(customers));
    shop.write(customers, before.replace("key:", "  age: { type: int }\nkey:"));
    shop.write("shop/data/customers.csv", "customer,city,age\nada,Bern,36\nbob,Rom,41\n");
    shop.write("shop/tables/mart/all.yaml", "columns: { n: { type: long } }\n");
    shop.write("shop/tables/mart/all.sql", "select count(*) as n from core.orders\n");
    assertThat(run("2024-01")).isZero();
    assertThat(State.lake(shop)).containsKey("lake mart.all");

    upkeep(0, "rollback", "--to", "1");

    assertThat(State.lake(shop)).isEqualTo(first);
    assertThat(run("2024-01")).as("and forward again").isZero();
    assertThat(State.lake(shop)).containsKey("lake mart.all");
  }

  @Test
  void aRollbackWaitsForNoRun() throws IOException {
    assertThat(run("2024-01")).isZero();
    assertThat(run("2024-02")).isZero();
    try (Database database = Database.open(shop.account(), "afp/test");
        LeaseKeeper running =
            LeaseKeeper.tryTake(database, "shop", UUID.randomUUID()).orElseThrow()) {
      running.require();
      upkeep(CONFLICT, "rollback", "--to", "1");
      upkeep(CONFLICT, "clean", "--older-than", "PT0S", "--keep-releases", "1");
    }
  }

  @Test
  void aCleanWaitsForNoFirstRunOfAPipeline() throws Exception {
    Halt halt =
        Halt.at(
            shop.account(),
            "INSERT ON afp.step",
            "NEW.phase = 'transform' AND NEW.state = 'running'");
    ChildDriver first = ChildDriver.run(shop, "--interval", "2024-01");
    halt.await(first);

    upkeep(CONFLICT, "clean", "--older-than", "PT0S", "--keep-releases", "1");

    halt.release();
    assertThat(first.exitCode()).as(first.log()).isZero();
  }

  @Test
  void aReleaseThatIsNotThereIsNamed() throws IOException {
    assertThat(run("2024-01")).isZero();

    assertThat(upkeep(64, "rollback", "--to", "7").toString()).contains("release=7");
  }

  @Test
  void aCleanTakesAwayWhatNobodyNeedsAndNothingElse() throws IOException {
    assertThat(run("2024-01")).isZero();
    for (int i = 0; i < 3; i++) {
      assertThat(run("2024-01", "--restate")).isZero();
    }
    Map<String, List<String>> main = State.lake(shop);
    shop.write(
        "shop/tables/core/orders.yaml",
        Files.readString(folder.resolve("shop/tables/core/orders.yaml"))
            .replace("min: 1", "min: 99"));
    assertThat(run("2024-02")).as("leaves a branch").isEqualTo(GATE);
    Map<Path, Long> sizes = new TreeMap<>();
    for (Path file : files()) {
      sizes.put(file, Files.size(file));
    }
    Set<Path> before = sizes.keySet();

    JsonNode look = upkeep(0, "clean", "--older-than", "PT0S", "--keep-releases", "2", "--dry-run");
    assertThat(files()).as("a dry run deletes nothing").isEqualTo(before);
    JsonNode done = upkeep(0, "clean", "--older-than", "PT0S", "--keep-releases", "2");

    assertThat(look.path("branches")).hasSize(1);
    assertThat(look.path("snapshots").asInt()).isPositive();
    assertThat(look.path("releases")).hasToString("[1,2]");
    for (String field : List.of("branches", "releases", "snapshots", "files", "bytes")) {
      assertThat(done.path(field)).as(field).isEqualTo(look.path(field));
    }
    sizes.keySet().removeAll(files());
    assertThat(sizes).as("files that are gone").hasSize(look.path("files").asInt()).isNotEmpty();
    assertThat(sizes.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(look.path("bytes").asLong());
    assertThat(State.lake(shop)).as("main").isEqualTo(main);
    assertThat(leftBranches()).isEmpty();

    assertThat(upkeep(0, "rollback", "--to", "3").path("tables")).as("a kept release").isNotEmpty();
    assertThat(State.lake(shop)).isEqualTo(main);
    upkeep(64, "rollback", "--to", "1");
    assertThat(
            upkeep(0, "clean", "--older-than", "PT0S", "--keep-releases", "99")
                .path("files")
                .asInt())
        .as("only metadata of the branch of the clean itself")
        .isZero();
  }

  @Test
  void cleansInARowKeepTheSameReleases() throws IOException {
    assertThat(run("2024-01")).isZero();
    assertThat(run("2024-02")).isZero();
    for (int i = 0; i < 3; i++) {
      upkeep(0, "clean", "--older-than", "PT0S", "--keep-releases", "2");
      assertThat(run("2024-01..2024-02", "--skip-code", "99")).isEqualTo(99);
    }

    assertThat(upkeep(0, "rollback", "--to", "1").path("tables")).isNotEmpty();
    assertThat(State.lake(shop).get("lake core.orders")).hasSize(2);
  }

  @Test
  void rowsThatWereAppendedAreNotAppendedAgainAfterARollbackForward() throws IOException {
    assertThat(run("2024-01")).isZero();
    shop.write(
        "shop/tables/raw/events.yaml",
        """
        from: { files: data/customers.csv, format: csv }
        columns: { customer: { type: string }, city: { type: string } }
        write: { mode: append }
        """);
    assertThat(run("2024-01")).isZero();
    upkeep(0, "rollback", "--to", "1");
    upkeep(0, "rollback", "--to", "2");
    assertThat(State.lake(shop).get("lake raw.events")).hasSize(2);

    assertThat(run("2024-01")).as("the file is known with its rows").isZero();
    assertThat(State.lake(shop).get("lake raw.events")).hasSize(2);
  }

  @Test
  void aPartCanRunAfterARollbackTookAServedTableOut() throws IOException {
    assertThat(run("2024-01", "--select", "raw.*")).isZero();
    assertThat(run("2024-01")).isZero();

    upkeep(0, "rollback", "--to", "1");

    assertThat(run("2024-02", "--select", "raw.*")).isZero();
    assertThat(State.lake(shop)).doesNotContainKey("lake mart.city_sales");
    assertThat(run("2024-01..2024-02")).isZero();
    assertThat(served()).hasSize(2);
  }

  @Test
  void aTableThatIsTakenOutBeforeItWasServedIsNotServed() throws IOException {
    assertThat(run("2024-01", "--select", "raw.*")).isZero();
    String served = "shop/tables/mart/city_sales.yaml";
    shop.write(served, shop.read(served).replace("swap }", "swap, grants: [nobody_at_all] }"));
    assertThat(run("2024-01")).as("it is published").isEqualTo(CONFIGURATION);
    assertThat(State.lake(shop)).containsKey("lake mart.city_sales");

    assertThat(upkeep(0, "rollback", "--to", "1").path("served")).isEmpty();

    assertThat(State.lake(shop)).doesNotContainKey("lake mart.city_sales");
  }

  @Test
  void aReaderOfAReleaseKeepsItsFiles() throws IOException {
    assertThat(run("2024-01")).isZero();
    assertThat(run("2024-01", "--restate")).isZero();
    try (Database database = Database.open(shop.account(), "afp/test")) {
      new Branches(database).createAsOf("reader", 1);
      assertThat(run("2024-02")).isZero();
      upkeep(0, "clean", "--older-than", "PT0S", "--keep-releases", "1");

      SparkSession reader =
          new LakeSession(shop.account(), shop.warehouse().toUri().toString(), "afp/test", Map.of())
              .reading(TestSpark.session(), "reader");
      assertThat(reader.table("core.orders").count()).isEqualTo(2);
      upkeep(0, "clean", "--older-than", "PT0S", "--keep-releases", "1");
      assertThat(run("2024-02", "--restate")).as("runs go on").isZero();
    }
  }

  @Test
  void aCleanIsNoChangeForWhatDependsOnTheTables() throws IOException {
    assertThat(run("2024-01")).isZero();
    assertThat(run("2024-01", "--restate")).isZero();
    upkeep(0, "clean", "--older-than", "PT0S", "--keep-releases", "1");

    assertThat(run("2024-01", "--skip-code", "99")).as("nothing to do").isEqualTo(99);
  }

  @Test
  void aBranchIsDroppedWithItsFiles() throws IOException {
    assertThat(run("2024-01")).isZero();
    Set<Path> before = files();
    shop.write(
        "shop/tables/core/orders.yaml",
        Files.readString(folder.resolve("shop/tables/core/orders.yaml"))
            .replace("min: 1", "min: 99"));
    assertThat(run("2024-02")).isEqualTo(GATE);
    String branch = leftBranches().get(0);

    assertThat(upkeep(0, "drop-branch", "--branch", branch).path("tables").asInt()).isPositive();

    assertThat(files()).isEqualTo(before);
    upkeep(64, "drop-branch", "--branch", branch);
  }

  @Test
  void aCleanPutsTogetherTheSmallFilesOfWhatIsKeptBesideATable() throws IOException {
    shop.write(
        "shop/tables/core/history.yaml",
        """
        columns: { id: { type: int, required: true }, amount: { type: "decimal(10,2)" }, ordered_on: { type: date, required: true } }
        key: [id]
        write: { mode: scd2, as_of: ordered_on }
        """);
    shop.write("shop/tables/core/history.sql", "select id, amount, ordered_on from core.orders\n");
    for (int i = 0; i < 5; i++) {
      shop.write(
          "shop/data/orders-2024-01.csv",
          "id,customer,amount,ordered_on\n1,ada,%d,2024-01-0%d\n".formatted(i, i + 1));
      assertThat(run("2024-01")).isZero();
    }
    Map<String, List<String>> main = State.lake(shop);

    assertThat(clean("--dry-run").path("small_files").asInt()).isEqualTo(5);
    assertThat(clean().path("small_files").asInt()).isEqualTo(5);

    assertThat(State.lake(shop)).isEqualTo(main);
    assertThat(clean().path("small_files").asInt()).as("twice is once").isZero();
    assertThat(run("2024-01", "--skip-code", "99")).as("nothing to do").isEqualTo(99);
    assertThat(run("2024-02")).as("and runs go on").isZero();
    assertThat(upkeep(0, "rollback", "--to", "5").path("tables")).isNotEmpty();
    assertThat(State.lake(shop)).isEqualTo(main);
    assertThat(run("2024-02")).as("after a rollback too").isZero();
  }

  private JsonNode clean(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("clean", "--older-than", "PT0S"));
    arguments.addAll(List.of("--keep-releases", "9"));
    arguments.addAll(List.of(more));
    return upkeep(0, arguments.toArray(String[]::new));
  }

  private List<String> leftBranches() {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      return new Branches(database).left().stream().map(Branches.Left::name).toList();
    }
  }

  private List<String> served() {
    return State.of(shop).get("served mart.city_sales");
  }

  private JsonNode upkeep(int exitCode, String... arguments) throws IOException {
    return new Drivers(shop).upkeep(exitCode, arguments);
  }

  private int run(String interval, String... more) {
    return new Drivers(shop).run(interval, more);
  }

  private Set<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(shop.warehouse())) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.toString().endsWith(".crc"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
