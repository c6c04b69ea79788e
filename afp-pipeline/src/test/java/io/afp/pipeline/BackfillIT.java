package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.RunHistory;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backfill finds to do, and how it goes on after a failure. */
final class BackfillIT {

  private static final String[] HALF_YEAR = {
    "--from", "2024-01", "--to", "2024-06", "--chunk", "2"
  };

  @TempDir Path folder;
  private Shop shop;
  private Drivers drivers;

  @BeforeEach
  void makeShop() {
    TestSpark.session();
    shop = Shop.in(folder);
    shop.orders(1, 6);
    drivers = new Drivers(shop);
  }

  @Test
  void gapsAndStaleMonthsAreDoneOldestFirstInRunsOfTheirOwn() throws IOException {
    drivers.run("2024-01..2024-02");
    shop.write(Shop.file(2), "id,customer,amount,ordered_on\n21,ada,99.00,2024-02-05\n");

    JsonNode planned = backfill(0, "--dry-run");
    assertThat(planned.path("outcome").asText()).isEqualTo("planned");
    assertThat(ranges(planned, "raw.orders"))
        .containsExactly(
            "2024-02 stale data/orders-2024-02.csv changed", "2024-03..2024-06 missing null");
    assertThat(ranges(planned, "mart.city_sales"))
        .containsExactly("all stale core.orders is written by this run");
    assertThat(chunks(planned))
        .containsExactly("2024-02..2024-03 left", "2024-04..2024-05 left", "2024-06 left");
    assertThat(planned.at("/data/time_left").asText()).endsWith(" left, by earlier runs");
    assertThat(State.of(shop).get("ledger release")).as("nothing was changed").hasSize(1);

    JsonNode done = backfill(0);
    assertThat(chunks(done))
        .containsExactly(
            "2024-02..2024-03 published", "2024-04..2024-05 published", "2024-06 published");
    assertThat(done.at("/data/chunks").findValuesAsText("release")).containsExactly("2", "3", "4");
    assertThat(done.at("/data/seconds_left").asInt(-1)).isZero();
    assertThat(rows("lake raw.orders"))
        .contains("{\"id\":21,\"customer\":\"ada\",\"amount\":99.00,\"ordered_on\":\"2024-02-05\"}")
        .hasSize(11);
    assertThat(State.of(shop).get("served mart.city_sales"))
        .containsExactly(
            "{\"city\":\"Bern\",\"sales\":149.00}", "{\"city\":\"Rom\",\"sales\":21.50}");
    assertThat(backfill(0).path("outcome").asText()).isEqualTo("nothing_to_do");
    assertThat(backfill(9, "--skip-code", "9").path("outcome").asText()).isEqualTo("nothing_to_do");
  }

  @Test
  void aFailedChunkStopsItAndWhatIsDoneStays() throws IOException {
    shop.write(Shop.file(4), "id,customer,amount,ordered_on\n41,ada,5000.00,2024-04-05\n");

    JsonNode failed = source(65);
    assertThat(chunks(failed))
        .containsExactly(
            "2024-01..2024-02 published", "2024-03..2024-04 failed", "2024-05..2024-06 left");
    assertThat(failed.at("/diagnostics/0/code").asText()).isEqualTo("AFP-QUA-001");
    assertThat(failed.at("/data/seconds_left").asInt()).isPositive();
    assertThat(rows("lake raw.orders")).hasSize(4);

    shop.orders(4, 4);
    assertThat(chunks(source(0)))
        .containsExactly("2024-03..2024-04 published", "2024-05..2024-06 published");
    assertThat(rows("lake raw.orders")).hasSize(12);
    try (Database database = Database.open(shop.account(), "afp/test")) {
      assertThat(new RunHistory(database).newest(Optional.empty(), 9))
          .as("the failed run was taken up again")
          .hasSize(3)
          .allMatch(run -> run.state().equals("succeeded"));
    }
  }

  @Test
  void aRestatementGoesOnWhereItStoppedAndAnewFromItsBeginning() throws IOException {
    source(0);
    shop.write(Shop.file(4), "id,customer,amount,ordered_on\n41,ada,5000.00,2024-04-05\n");
    assertThat(chunks(source(65, "--restate")))
        .containsExactly(
            "2024-01..2024-02 published", "2024-03..2024-04 failed", "2024-05..2024-06 left");
    shop.orders(4, 4);

    assertThat(chunks(source(0, "--restate", "--dry-run", "--anew"))).hasSize(3);
    JsonNode rest = source(0, "--restate");
    assertThat(chunks(rest))
        .containsExactly("2024-03..2024-04 published", "2024-05..2024-06 published");
    assertThat(ranges(rest, "raw.orders")).containsExactly("2024-03..2024-06 restated null");

    assertThat(chunks(source(0, "--restate", "--dry-run")))
        .as("that one has ended, this is another")
        .hasSize(3);
  }

  @Test
  void archivedFilesAreNoGapAndMissingOnesStopItWhenItIsTheirTurn() throws IOException {
    drivers.run("2024-01", "--select", "raw.orders");
    Files.delete(folder.resolve(Shop.file(1)));
    Files.delete(folder.resolve(Shop.file(4)));

    JsonNode stopped = source(66);
    assertThat(ranges(stopped, "raw.orders"))
        .containsExactly(
            "2024-02..2024-03 missing null",
            "2024-04 missing there is no file of it",
            "2024-05..2024-06 missing null");
    assertThat(chunks(stopped))
        .containsExactly("2024-02..2024-03 published", "2024-04 failed", "2024-05..2024-06 left");
    assertThat(stopped.at("/diagnostics/0/code").asText()).isEqualTo("AFP-ING-001");
  }

  @Test
  void tablesWithoutIntervalsAreDoneAndServedAlsoWhenNothingElseIs() throws IOException {
    drivers.run("2024-01..2024-06");
    shop.write(
        "shop/tables/mart/city_sales.sql",
        "select city, cast(2 * sum(amount) as decimal(20,2)) as sales from core.orders group by city\n");

    JsonNode done = backfill(0, "--restate", "--select", "mart.*");

    assertThat(chunks(done)).containsExactly("2024-06 published");
    assertThat(State.of(shop).get("served mart.city_sales"))
        .containsExactly(
            "{\"city\":\"Bern\",\"sales\":120.00}", "{\"city\":\"Rom\",\"sales\":48.00}");
  }

  @Test
  void itBeginsWithTheEarliestThatIsDone() throws IOException {
    assertThat(drivers.backfill(64, "--to", "2024-03").at("/diagnostics/0/code").asText())
        .isEqualTo("AFP-RUN-001");
    drivers.run("2024-02", "--select", "raw.orders");

    JsonNode done = drivers.backfill(0, "--to", "2024-04", "--select", "raw.orders");

    assertThat(done.at("/data/interval").asText()).isEqualTo("2024-02..2024-04");
    assertThat(chunks(done)).containsExactly("2024-03..2024-04 published");
  }

  private JsonNode backfill(int exitCode, String... more) throws IOException {
    String[] all = Stream.of(HALF_YEAR, more).flatMap(Arrays::stream).toArray(String[]::new);
    return drivers.backfill(exitCode, all);
  }

  /** The same for the source alone, which is quicker. */
  private JsonNode source(int exitCode, String... more) throws IOException {
    return backfill(
        exitCode,
        Stream.concat(Stream.of("--select", "raw.orders"), Stream.of(more)).toArray(String[]::new));
  }

  private List<String> rows(String table) {
    return State.lake(shop).get(table);
  }

  private static List<String> chunks(JsonNode report) {
    return StreamSupport.stream(report.at("/data/chunks").spliterator(), false)
        .map(chunk -> chunk.path("interval").asText() + " " + chunk.path("state").asText())
        .toList();
  }

  private static List<String> ranges(JsonNode report, String table) {
    return StreamSupport.stream(report.at("/data/steps").spliterator(), false)
        .filter(step -> step.path("table").asText().equals(table))
        .flatMap(step -> StreamSupport.stream(step.path("ranges").spliterator(), false))
        .map(
            range ->
                "%s %s %s"
                    .formatted(
                        range.path("interval").asText(),
                        range.path("state").asText(),
                        range.path("reason").asText()))
        .toList();
  }
}
