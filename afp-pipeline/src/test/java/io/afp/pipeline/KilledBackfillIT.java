package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database;
import io.afp.core.testing.Halt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A backfill whose driver is killed in the middle ends, typed again, as one that was left alone.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KilledBackfillIT {

  private static final String[] BACKFILL = {"--from", "2024-01", "--to", "2024-06", "--chunk", "2"};

  private Map<String, List<String>> undisturbed;

  @BeforeAll
  void backfillWithoutTrouble(@TempDir Path folder) throws IOException {
    Shop shop = shop(folder);
    Path events = Files.createDirectory(folder.resolve("events"));
    shop.write(
        "afp.yaml",
        shop.settings(shop.warehouse().toUri().toString())
            .replace(" }", ", eventLog.enabled: \"true\", eventLog.dir: \"%s\" }")
            .formatted(events.toUri()));

    ChildDriver driver = ChildDriver.backfill(shop, BACKFILL);

    assertThat(driver.exitCode()).as(driver.log()).isZero();
    undisturbed = State.of(shop);
    assertThat(undisturbed.get("lake raw.orders")).hasSize(12);
    assertThat(undisturbed.get("ledger run")).as("each chunk is a run").hasSize(3);
    try (Stream<Path> logs = Files.list(events)) {
      assertThat(logs).as("one Spark for all of them").hasSize(1);
    }
  }

  private static Shop shop(Path folder) {
    Shop shop = Shop.in(folder);
    shop.orders(1, 6);
    return shop;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "in the middle of the second chunk, INSERT ON afp.step_unit, NEW.table_namespace = 'core' AND NEW.unit = '2024-03'",
    "in its publish,                    INSERT ON afp.done,      NEW.unit = '2024-03'"
  })
  void oneMoreBackfillDoesTheRest(String point, String event, String when, @TempDir Path folder)
      throws Exception {
    Shop shop = shop(folder);
    try (Halt halt = Halt.at(shop.account(), event, when)) {
      ChildDriver killed = ChildDriver.backfill(shop, BACKFILL);
      halt.await(killed);
      assertThat(connectedRuns(shop)).as("a chunk that is done keeps no connection").hasSize(1);
      killed.kill();
    }
    assertThat(State.lake(shop).get("lake raw.orders")).as("the first chunk, " + point).hasSize(4);

    ChildDriver again = ChildDriver.backfill(shop, BACKFILL);

    assertThat(again.exitCode()).as(again.log()).isZero();
    assertThat(again.log()).contains("chunk 2 of 2").doesNotContain("2024-01");
    assertThat(State.of(shop)).isEqualTo(undisturbed);
  }

  private static List<String> connectedRuns(Shop shop) {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      return database.inTransaction(
          handle ->
              handle
                  .createQuery(
                      """
                      SELECT DISTINCT application_name FROM pg_stat_activity
                       WHERE application_name LIKE 'afp/%/shop' AND application_name <> 'afp/backfill/shop'
                         AND datname = current_database()
                      """)
                  .mapTo(String.class)
                  .list());
    }
  }
}
