package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run of the year gives what plain Python computes from the same files, and further runs keep
 * to it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlightsTruthIT {

  private static final String MARCH = "flight_date >= '2013-03-01' AND flight_date < '2013-04-01'";
  private static final String[] YEAR = {"run", "flights", "--interval", "2013", "--json"};

  private ProjectCopy project;
  private Ledger ledger;
  private Command.Ended run;

  @BeforeAll
  void runTheYear(@TempDir Path folder) {
    project = ProjectCopy.withPostgres(folder);
    ledger = new Ledger(project);
    run = project.afp(YEAR).succeeded();
  }

  @AfterAll
  void stopPostgres() {
    project.close();
  }

  @Test
  void everyMonthOfTheFlightsHasTheSumsOfTheTruth() {
    Truth truth = Truth.of("months.tsv");
    String sums =
        List.of("sched_dep_at", "dep_at", "sched_arr_at", "arr_at").stream()
            .map("coalesce(sum(unix_seconds(%s)), 0)"::formatted)
            .collect(Collectors.joining(", "));
    String sql =
        """
        SELECT date_format(flight_date, 'yyyy-MM'), count(*), count_if(cancelled), count_if(diverted),
               sum(dep_delay_min), count(arr_at), %s
          FROM core.flight GROUP BY 1 ORDER BY 1
        """
            .formatted(sums);

    assertThat(project.afp("sql", "--lake", "--json", sql).rows()).isEqualTo(truth.rows());
  }

  @Test
  void theHardFlightsAreAsTheTruthHasThem() {
    Truth truth = Truth.of("flights.tsv").withoutFirst();
    String columns =
        truth.header().stream()
            .map(
                c ->
                    c.endsWith("_at")
                        ? "date_format(%s, \"yyyy-MM-dd'T'HH:mm:ss'Z'\")".formatted(c)
                        : c)
            .collect(Collectors.joining(", "));
    String keys = truth.rows().stream().map(FlightsTruthIT::key).collect(Collectors.joining(", "));
    String sql =
        "SELECT %s FROM core.flight WHERE (flight_date, carrier, flight, origin) IN (%s)"
            .formatted(columns, keys);

    assertThat(project.afp("sql", "--lake", "--json", sql).rows())
        .containsExactlyInAnyOrderElementsOf(truth.rows());
  }

  private static String key(String row) {
    String[] values = row.split("\t", -1);
    return "(DATE'%s', '%s', %s, '%s')".formatted(values[0], values[1], values[2], values[4]);
  }

  @Test
  void everyMonthOfACarrierIsServedAsInTheTruth() {
    String sql =
        """
        SELECT carrier, to_char(flight_date, 'YYYY-MM'), count(*), sum(flights), sum(cancelled), sum(late_departures)
          FROM mart.carrier_day GROUP BY 1, 2 ORDER BY 1, 2
        """;

    assertThat(project.afp("sql", "--json", sql).rows())
        .isEqualTo(Truth.of("carrier_months.tsv").rows());
  }

  @Test
  void theDaysOfCarriersAreServedAsInTheTruth() {
    Truth truth = Truth.of("carrier_days.tsv");
    String sql =
        """
        SELECT carrier, carrier_name, flight_date, flights, cancelled, late_departures,
               round(avg_dep_delay_min::numeric, 6)::text
          FROM mart.carrier_day
         WHERE flight_date IN ('2013-01-01', '2013-02-09') OR carrier = 'YV' AND avg_dep_delay_min IS NULL
        """;

    assertThat(project.afp("sql", "--json", sql).rows())
        .containsExactlyInAnyOrderElementsOf(truth.rows());
  }

  @Test
  void theReportHasTheNumbersOfTheRun() {
    Map<String, JsonNode> steps =
        StreamSupport.stream(run.json().at("/data/steps").spliterator(), false)
            .filter(step -> List.of("ingest", "transform").contains(step.path("phase").asText()))
            .collect(Collectors.toMap(step -> step.path("table").asText(), step -> step));

    assertThat(steps)
        .containsOnlyKeys(
            "raw.flights", "raw.airlines", "raw.airports", "core.flight", "mart.carrier_day");
    assertThat(steps.get("raw.flights").path("rows_in").asLong()).isEqualTo(336_776);
    assertThat(steps.get("core.flight").path("rows_out").asLong()).isEqualTo(336_776);
    assertThat(steps.values()).allMatch(step -> step.path("rows_rejected").asLong() == 0);
    assertThat(steps.values()).allMatch(step -> step.path("bytes").asLong() > 0);
    assertThat(run.json().at("/data/release").asLong()).isEqualTo(1);
  }

  @Test
  void aSecondRunFindsNothingToDoAndChangesNothing() {
    Map<String, List<String>> before = ledger.everything();

    Command.Ended again = project.afp("run", "flights", "--interval", "2013").succeeded();

    assertThat(again.out()).contains("Nothing to do");
    assertThat(ledger.everything()).isEqualTo(before);
  }

  @Test
  void anOrchestratorLearnsByTheSkipCodeThatThereWasNothingToDo() {
    Command.Ended again = project.afp("run", "flights", "--interval", "2013", "--skip-code", "99");

    assertThat(again.endedWith(99).out()).contains("Nothing to do");
  }

  @Test
  void restatingMarchWritesMarchOnlyAndChangesNoResult() {
    Lake lake = new Lake(project);
    long flights = lake.snapshot("core.flight");
    long days = lake.snapshot("mart.carrier_day");
    List<String> served = project.rows("SELECT * FROM mart.carrier_day");
    List<String> done = withoutMarch(ledger.done("core.flight"));
    List<String> files = filesOfOtherMonths(lake);

    Command.Ended again = project.afp("run", "flights", "--interval", "2013-03", "--restate");

    assertThat(again.succeeded().out()).contains("core.flight", "28,834");
    for (String table : List.of("raw.flights", "core.flight", "mart.carrier_day")) {
      assertThat(ledger.done(table)).hasSize(12).contains("2013-03 by 2");
      assertThat(withoutMarch(ledger.done(table))).isEqualTo(done);
    }
    assertThat(lake.snapshot("core.flight")).isNotEqualTo(flights);
    assertThat(filesOfOtherMonths(lake)).isEqualTo(files);
    assertThat(lake.differences("core.flight", flights, MARCH)).isZero();
    assertThat(lake.differences("mart.carrier_day", days, "true")).isZero();
    assertThat(project.rows("SELECT * FROM mart.carrier_day")).isEqualTo(served);
  }

  private static List<String> withoutMarch(List<String> done) {
    return done.stream().filter(d -> !d.startsWith("2013-03")).toList();
  }

  /** Month 518 since 1970 is March 2013. */
  private static List<String> filesOfOtherMonths(Lake lake) {
    return lake.rows(
        "SELECT file_path FROM core.flight.files WHERE partition.flight_date_month <> 518");
  }
}
