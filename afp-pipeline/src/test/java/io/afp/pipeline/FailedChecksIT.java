package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableName;
import io.afp.core.job.Job;
import io.afp.core.ledger.CheckHistory;
import io.afp.core.ledger.CheckHistory.Acknowledgement;
import io.afp.core.ledger.CheckHistory.Named;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.RunReport;
import io.afp.core.ledger.Sample;
import io.afp.core.measure.Bounds;
import io.afp.core.testing.TestSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of the checks that did not pass. */
final class FailedChecksIT {

  private static final int GATE = 65;
  private static final String FRESH = "core.orders.fresh";

  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void makeShop() {
    TestSpark.session();
    shop = Shop.in(folder);
  }

  @Test
  void theReportHasRowsThatBrokeThemAndNothingPersonal() {
    shop.write(
        "shop/tables/raw/customers.yaml",
        """
        from: { files: data/customers.csv, format: csv }
        columns:
          customer: { type: string, required: true, pii: true, checks: [ { matches: "[a-z]{3}" } ] }
          city:     { type: string, checks: [ { length: [~, 4], severity: warn } ] }
        checks:
          - { name: one_a_city, key: [city], where: "city <> 'Rom'" }
        """);
    shop.write(
        "shop/data/customers.csv", "customer,city\nada,Bern\nbob,Rom\nEve!,Bern\ncy,Paris\n");

    assertThat(run("2024-01")).isEqualTo(GATE);

    assertThat(check("raw.customers.customer.matches").samples())
        .extracting(Sample::toString)
        .containsExactly("customer=******");
    assertThat(check("raw.customers.city.length"))
        .returns("warned", RunReport.Check::status)
        .satisfies(c -> assertThat(c.samples()).hasToString("[city=Paris]"));
    assertThat(check("one_a_city"))
        .returns(3L, RunReport.Check::rowsJudged)
        .satisfies(c -> assertThat(c.samples()).hasToString("[city=Bern, count(*)=2]"));
    assertThat(check("raw.orders.amount.between").samples()).as("of a check that holds").isEmpty();
    assertThat(query("SELECT string_agg(row_to_json(c)::text, '') FROM afp.check_result c"))
        .doesNotContain("Eve")
        .contains("[{\"city\":\"Bern\",\"count(*)\":\"2\"}]");
  }

  @Test
  void aConditionThatChangedIsMeasuredAnewAlthoughItsRowsAreTakenOver() {
    shop.write(
        "shop/tables/core/orders.yaml", orders("{ sql: \"amount > 15\", where: \"id < 9\" }"));
    assertThat(run("2024-01")).isEqualTo(GATE);

    shop.write(
        "shop/tables/core/orders.yaml", orders("{ sql: \"amount > 15\", where: \"id = 2\" }"));

    assertThat(run("2024-01")).isZero();
    assertThat(check("core.orders.sql")).returns(1L, RunReport.Check::rowsJudged);
  }

  @Test
  void ageIsMeasuredAtTheEndOfWhatWasWrittenSoThatABackfillIsNoneTheWorse() {
    shop.write("shop/tables/core/orders.yaml", orders("fresh: P1D"));
    assertThat(run("2024-01..2024-02")).isZero();
    assertThat(check(FRESH).message()).startsWith("the newest value is 2024-02-29; 2024-02-29 or");
    assertThat(check(FRESH)).returns("write", RunReport.Check::origin);

    shop.write(
        "shop/data/orders-2024-01.csv",
        "id,customer,amount,ordered_on\n1,ada,10.00,2024-01-05\n2,bob,20.50,2024-01-30\n");

    assertThat(run("2024-01..2024-02")).as("only January is done again").isEqualTo(GATE);
    assertThat(check(FRESH).message())
        .isEqualTo(
            "the newest value is 2024-01-30; 2024-01-31 or later is fresh, that is P1D before"
                + " 2024-02-01");
  }

  @Test
  void anUnusualMonthIsHeldBackUntilItIsAcknowledgedAndIsHistoryFromThenOn() {
    String volume =
        "{ name: volume, anomaly: { of: rows, method: zscore, min_points: 4, tolerance: 10% } }";
    shop.write("shop/tables/core/orders.yaml", orders(volume));
    shop.orders(1, 7);
    shop.write(
        Shop.file(6),
        "id,customer,amount,ordered_on\n61,ada,1,2024-06-01\n62,ada,1,2024-06-02\n63,ada,1,2024-06-03\n");
    assertThat(run("2024-01..2024-05")).isZero();
    assertThat(check("volume")).returns("learning", RunReport.Check::status);
    assertThat(points("volume"))
        .containsExactly(
            "2024-01 2.0 learning",
            "2024-02 2.0 learning",
            "2024-03 2.0 learning",
            "2024-04 2.0 learning",
            "2024-05 2.0 passed 1.8 to 2.2");

    assertThat(run("2024-06")).isEqualTo(GATE);
    assertThat(check("volume").message())
        .isEqualTo(
            "the number of rows of 2024-06 is 3; 1.8 to 2.2 is usual after 5 points, 2 is expected");
    assertThat(points("volume")).endsWith("2024-06 3.0 failed 1.8 to 2.2");
    acknowledge("volume");
    assertThat(run("2024-06")).isZero();
    assertThat(check("volume").message()).endsWith("2 is expected; it is acknowledged");

    assertThat(run("2024-07")).isZero();
    assertThat(check("volume").message())
        .contains("after 6 points")
        .doesNotContain("2 is expected");
    assertThat(run("2024-06", "--restate")).isZero();
    assertThat(check("volume").message()).contains("after 5 points").endsWith("acknowledged");
    assertThat(points("volume")).hasSize(7).contains("2024-06 3.0 acknowledged 1.8 to 2.2");

    shop.write(
        "shop/tables/core/orders.yaml",
        orders(
            volume.replace("volume", "later")
                + "\n  - { name: small, anomaly: rows, severity: warn }"
                + "\n  - { name: wide, column_count: [1, 9] }"));
    assertThat(run("2024-07", "--restate")).isZero();
    assertThat(check("later").message())
        .as("a new check knows what the files of the table tell")
        .contains("after 6 points");
    assertThat(check("small")).returns("learning", RunReport.Check::status);
    assertThat(check("wide")).returns("passed", RunReport.Check::status);
    assertThat(points("wide")).as("of a table as a whole there is no share of rows").isEmpty();
  }

  private List<String> points(String check) {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      return new CheckHistory(database)
          .shown(ordersCheck(check)).stream()
              .map(
                  entry ->
                      "%s %s %s%s"
                          .formatted(
                              entry.kept().point().unit(),
                              entry.kept().point().value(),
                              entry.kept().status(),
                              entry.kept().bounds().map(FailedChecksIT::text).orElse("")))
              .toList();
    }
  }

  private static String text(Bounds bounds) {
    return " %.1f to %.1f".formatted(bounds.lower(), bounds.upper());
  }

  private void acknowledge(String check) {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      Acknowledgement said = new Acknowledgement(false, "a fair", "ada", Instant.EPOCH);
      assertThat(new CheckHistory(database).acknowledge(ordersCheck(check), newestRun(), said))
          .hasSize(1);
    }
  }

  private static Named ordersCheck(String check) {
    return new Named(new TableName("core", "orders"), check);
  }

  private static String orders(String check) {
    return """
        columns:
          id:         { type: int, required: true }
          city:       { type: string }
          amount:     { type: "decimal(10,2)" }
          ordered_on: { type: date, required: true }
        key: [id]
        partition_by: [month(ordered_on)]
        write: { mode: replace, interval_column: ordered_on }
        checks:
          - %s
        """
        .formatted(check);
  }

  private int run(String interval, String... more) {
    Stream<String> arguments =
        Stream.of(
            "--pipeline",
            folder.resolve("shop").toString(),
            "--project",
            folder.toString(),
            "--interval",
            interval);
    return Job.of("afp-pipeline", Phase.values())
        .run(Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
  }

  /** A verdict of the newest run. */
  private RunReport.Check check(String name) {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      List<RunReport.Check> checks = RunReport.read(database, newestRun()).orElseThrow().checks();
      return checks.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }
  }

  private UUID newestRun() {
    return UUID.fromString(query("SELECT id FROM afp.run ORDER BY created_at DESC LIMIT 1"));
  }

  private String query(String sql) {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      return database.inTransaction(handle -> handle.createQuery(sql).mapTo(String.class).one());
    }
  }
}
