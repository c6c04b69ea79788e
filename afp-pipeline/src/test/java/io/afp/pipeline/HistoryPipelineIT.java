package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database;
import io.afp.core.testing.Halt;
import io.afp.core.testing.TestSpark;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that merge, all the way from files to what is served. */
@Tag("long")
final class HistoryPipelineIT {

  private static final String JANUARY =
      """
      customer,city,changed_at,loaded_on,gone
      ada,Bern,2024-01-03 08:00:00,2024-01-31,false
      ada,Rom,2024-01-20 08:00:00,2024-01-31,false
      bob,Rom,2024-01-05 08:00:00,2024-01-31,false
      """;
  private static final String FEBRUARY =
      """
      customer,city,changed_at,loaded_on,gone
      ada,Bern,2024-01-10 08:00:00,2024-02-29,false
      bob,,2024-02-05 08:00:00,2024-02-29,true
      cy,Bern,2024-02-06 08:00:00,2024-02-29,false
      """;
  private static final List<String> HISTORY =
      List.of(
          "ada Bern 2024-01-03 08:00:00 2024-01-20 08:00:00",
          "ada Rom 2024-01-20 08:00:00 -",
          "bob Rom 2024-01-05 08:00:00 2024-02-05 08:00:00",
          "cy Bern 2024-02-06 08:00:00 -");

  @TempDir Path folder;

  @BeforeEach
  void startSpark() {
    TestSpark.session();
  }

  @Test
  void theHistoryIsTheSameInWhateverOrderTheMonthsAreLoaded() {
    Shop forward = shop("forward");
    assertThat(new Drivers(forward).run("2024-01")).isZero();
    assertThat(served(forward, "customer")).containsExactly("ada Rom", "bob Rom");
    assertThat(new Drivers(forward).run("2024-02")).isZero();
    assertThat(served(forward, "customer")).containsExactly("ada Rom", "cy Bern");
    assertThat(served(forward, "customer_history")).isEqualTo(HISTORY);

    Shop backward = shop("backward");
    assertThat(new Drivers(backward).run("2024-02")).isZero();
    assertThat(new Drivers(backward).run("2024-01")).isZero();

    assertThat(merged(backward)).isEqualTo(merged(forward));
    assertThat(served(backward, "customer_history")).isEqualTo(served(forward, "customer_history"));
  }

  @Test
  void aCorrectedFileGivesTheHistoryThatItWouldHaveGivenAtOnce() {
    Shop corrected = shop("corrected");
    assertThat(new Drivers(corrected).run("2024-01..2024-02")).isZero();
    String right = JANUARY.replace("ada,Rom,2024-01-20", "ada,Rom,2024-01-12");
    corrected.write("shop/data/changes-2024-01.csv", right);
    assertThat(new Drivers(corrected).run("2024-01..2024-02")).isZero();

    Shop right1 = shop("right");
    right1.write("shop/data/changes-2024-01.csv", right);
    assertThat(new Drivers(right1).run("2024-01..2024-02")).isZero();

    assertThat(served(corrected, "customer_history"))
        .isEqualTo(served(right1, "customer_history"))
        .contains("ada Rom 2024-01-12 08:00:00 -");
  }

  @Test
  void aTableThatReadsAHistoryByIntervalsSeesWhatALaterIntervalChangedInAnEarlierOne() {
    Shop shop = shop("reader");
    shop.write(
        "shop/tables/mart/ended.yaml",
        """
        columns:
          loaded_on: { type: date, required: true }
          ended:     { type: long }
        partition_by: [month(loaded_on)]
        write: { mode: replace, interval_column: loaded_on }
        """);
    shop.write(
        "shop/tables/mart/ended.sql",
        """
        select loaded_on, count(valid_to) as ended from core.customer_history
        where loaded_on >= :interval_start and loaded_on < :interval_end group by loaded_on
        """);
    assertThat(new Drivers(shop).run("2024-01")).isZero();
    assertThat(State.lake(shop).get("lake mart.ended"))
        .containsExactly("{\"loaded_on\":\"2024-01-31\",\"ended\":1}");
    assertThat(new Drivers(shop).run("2024-02")).isZero();

    assertThat(new Drivers(shop).run("2024-01")).isZero();

    assertThat(State.lake(shop).get("lake mart.ended"))
        .as("in February it was said that bob had left")
        .contains("{\"loaded_on\":\"2024-01-31\",\"ended\":2}");
  }

  @Test
  void aDriverThatIsKilledBetweenWhatIsKeptBesideATableAndTheTableLeavesNoTrace() throws Exception {
    Shop undisturbed = shop("undisturbed");
    assertThat(new Drivers(undisturbed).run("2024-01")).isZero();
    assertThat(new Drivers(undisturbed).run("2024-02")).isZero();

    Shop shop = shop("killed");
    assertThat(new Drivers(shop).run("2024-01")).isZero();
    Map<String, List<String>> before = State.lake(shop);
    try (Halt halt =
        Halt.at(
            shop.account(),
            "UPDATE ON iceberg_tables",
            "NEW.catalog_name LIKE 'lake@%' AND NEW.table_name = 'customer_history'")) {
      ChildDriver killed = ChildDriver.run(shop, "--interval", "2024-02");
      halt.await(killed);
      killed.kill();
    }
    assertThat(State.lake(shop)).as("what main shows after the kill").isEqualTo(before);

    assertThat(new Drivers(shop).run("2024-02")).isZero();

    assertThat(merged(shop)).isEqualTo(merged(undisturbed));
  }

  @Test
  void whatIsKeptBesideATableIsTakenBackWithTheTableThatFailedAndPublishedWithTheOneThatDidNot() {
    Shop shop = shop("failing");
    assertThat(new Drivers(shop).run("2024-01")).isZero();
    Map<String, List<String>> before = State.lake(shop);
    refuseTheHistoryOnceWhatIsBesideItIsWritten(shop);

    assertThat(new Drivers(shop).run("2024-02", "--publish-partial")).isNotZero();

    Map<String, List<String>> partly = merged(shop);
    for (String table : List.of("customer_history", "customer_history__observed")) {
      assertThat(partly.get("lake core." + table)).isEqualTo(before.get("lake core." + table));
    }
    database(shop, "DROP FUNCTION public.refuse() CASCADE");
    assertThat(new Drivers(shop).run("2024-02")).isZero();
    Map<String, List<String>> whole = merged(shop);
    for (String table : List.of("customer", "customer__observed")) {
      assertThat(partly.get("lake core." + table)).isEqualTo(whole.get("lake core." + table));
    }
    assertThat(served(shop, "customer")).containsExactly("ada Rom", "cy Bern");
    assertThat(served(shop, "customer_history")).isEqualTo(HISTORY);
  }

  /** Lets a run fail between the two commits of a merge; before the first of them it does not. */
  private static void refuseTheHistoryOnceWhatIsBesideItIsWritten(Shop shop) {
    database(
        shop,
        """
        CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF (SELECT count(DISTINCT metadata_location) = 2 FROM iceberg_tables
               WHERE table_name = 'customer_history__observed'
                 AND catalog_name IN ('lake', NEW.catalog_name)) THEN
            RAISE EXCEPTION 'between the two';
          END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER aa_refuse BEFORE UPDATE ON iceberg_tables FOR EACH ROW
          WHEN (NEW.catalog_name LIKE 'lake@%' AND NEW.table_name = 'customer_history')
          EXECUTE FUNCTION public.refuse();
        """);
  }

  private static void database(Shop shop, String sql) {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      database.useTransaction(
          handle -> {
            try (Statement statement = handle.getConnection().createStatement()) {
              statement.execute(sql);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  /** The tables that merge, and what is kept beside them. */
  private static Map<String, List<String>> merged(Shop shop) {
    Map<String, List<String>> lake = State.lake(shop);
    lake.keySet().removeIf(table -> !table.startsWith("lake core.customer"));
    assertThat(lake).as("rows and columns of four tables").hasSize(8);
    return lake;
  }

  private Shop shop(String name) {
    Shop shop = Shop.in(folder.resolve(name));
    shop.write(
        "shop/tables/raw/changes.yaml",
        """
        from: { files: "data/changes-${interval:yyyy-MM}.csv", format: csv }
        columns:
          customer:   { type: string, required: true }
          city:       { type: string }
          changed_at: { type: timestamp, required: true }
          loaded_on:  { type: date, required: true }
          gone:       { type: boolean }
        partition_by: [month(loaded_on)]
        write: { mode: replace, interval_column: loaded_on }
        """);
    shop.write("shop/data/changes-2024-01.csv", JANUARY);
    shop.write("shop/data/changes-2024-02.csv", FEBRUARY);
    model(shop, "customer", "upsert", "[customer]");
    model(shop, "customer_history", "scd2", "[customer]");
    return shop;
  }

  private static void model(Shop shop, String name, String mode, String key) {
    shop.write(
        "shop/tables/core/" + name + ".yaml",
        """
        columns:
          customer:   { type: string, required: true }
          city:       { type: string, checks: [ { in: [Bern, Rom] } ] }
          changed_at: { type: timestamp, required: true }
          loaded_on:  { type: date, required: true }
          gone:       { type: boolean }
        key: %s
        write: { mode: %s, as_of: changed_at, delete_flag: gone, interval_column: loaded_on }
        checks:
          - { name: %s_is_living, sql: "not gone" }
        serve: { postgres: mart.%s, mode: upsert }
        """
            .formatted(key, mode, name, name));
    shop.write(
        "shop/tables/core/" + name + ".sql",
        """
        select customer, city, changed_at, loaded_on, gone from raw.changes
        where loaded_on >= :interval_start and loaded_on < :interval_end
        """);
  }

  private static List<String> served(Shop shop, String table) {
    String columns =
        table.endsWith("history")
            ? "customer, city, valid_from at time zone 'UTC', coalesce((valid_to at time zone 'UTC')::text, '-')"
            : "customer, city";
    try (Database database = Database.open(shop.account(), "afp/test")) {
      return database.inTransaction(
          handle ->
              handle
                  .createQuery(
                      "SELECT concat_ws(' ', %s) FROM mart.%s ORDER BY 1".formatted(columns, table))
                  .mapTo(String.class)
                  .list());
    }
  }
}
