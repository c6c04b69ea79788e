package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One run of the year gives what plain Python computes from the same files, and further runs keep
 * to it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlightsTruthIT {

  /** Months since 1970, as Iceberg counts them. */
  private static final int MARCH = 518;

  private static final String IN_MARCH =
      "flight_date >= '2013-03-01' AND flight_date < '2013-04-01'";

  private static final List<String> MARTS =
      List.of("mart.carrier_day", "mart.route_month", "mart.weather_delay");

  /**
   * The tables with an interval, and by which condition their rows are compared: where it is March,
   * what is left are the files that are the same.
   */
  private static final Map<String, String> BY_MONTH =
      Map.of(
          "raw.flights", IN_MARCH,
          "core.flight", IN_MARCH,
          "mart.carrier_day", "true",
          "mart.route_month", "true",
          "mart.weather_delay", "true");

  private static final String[] YEAR = {"run", "flights", "--interval", "2013", "--json"};

  private ProjectCopy project;
  private Ledger ledger;
  private Here here;
  private Command.Ended run;
  private Command.Ended rotations;
  private List<LegTruth> legs;

  @BeforeAll
  void runTheYear(@TempDir Path folder) {
    project = ProjectCopy.withPostgres(folder);
    ledger = new Ledger(project);
    here = new Here(project);
    run = project.afp(YEAR).succeeded();
    project.addRotations();
    rotations = project.afp("run", "rotations", "--json").succeeded();
    legs = LegTruth.of(new Lake(project).main().sql(LegTruth.DEPARTURES).collectAsList());
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
               sum(dep_delay_min), sum(air_time_min), sum(distance_mi), count(arr_at), %s
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

    assertThat(here.ask(sql).rows()).containsExactlyInAnyOrderElementsOf(truth.rows());
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

  @ParameterizedTest
  @ValueSource(strings = {"flights", "airlines", "airports", "planes", "weather"})
  void everyRowOfTheFileIsInItsTable(String name) {
    List<String> inFile = SourceFile.rows(project.pipeline().resolve("data"), name);
    Dataset<Row> table = new Lake(project).main().table("raw." + name);

    assertThat(SourceFile.rows(table.drop("flight_date")).stream().sorted().toList())
        .isEqualTo(inFile.stream().sorted().toList());
  }

  @Test
  void theHourThatComesTwiceIsTwoHours() {
    String sql =
        """
        SELECT origin, hour, date_format(time_hour, "yyyy-MM-dd'T'HH:mm:ss'Z'"), string(cast(temp AS decimal(5, 2)))
          FROM raw.weather WHERE month = 11 AND day = 3 AND hour < 3 ORDER BY origin, time_hour
        """;

    assertThat(here.ask(sql).rows()).isEqualTo(Truth.of("weather_hours.tsv").rows());
  }

  @Test
  void everyPlaneIsAsTheTruthHasIt() {
    assertThat(here.ask("SELECT * FROM core.plane").rows())
        .containsExactlyInAnyOrderElementsOf(Truth.of("planes.tsv").rows());
  }

  @Test
  void everyMonthOfARouteIsServedAsInTheTruth() {
    String sql =
        """
        SELECT origin, dest, month, flights, cancelled, round(avg_arr_delay_min::numeric, 6)::text,
               round(p90_arr_delay_min::numeric, 6)::text
          FROM mart.route_month
        """;

    assertThat(project.afp("sql", "--json", sql).rows())
        .containsExactlyInAnyOrderElementsOf(Truth.of("route_months.tsv").rows());
  }

  @Test
  void whatWeatherCostsIsServedAsInTheTruth() {
    String sql =
        """
        SELECT month, origin, weather, flights, cancelled, round(avg_dep_delay_min::numeric, 6)::text,
               round(later_min::numeric, 6)::text
          FROM mart.weather_delay
        """;

    assertThat(project.afp("sql", "--json", sql).rows())
        .containsExactlyInAnyOrderElementsOf(Truth.of("weather_delays.tsv").rows());
    assertThat(
            project
                .afp(
                    "sql",
                    "--json",
                    "SELECT sum(flights) FROM mart.weather_delay WHERE weather = 'unknown'")
                .rows())
        .containsExactly("1556");
  }

  @Test
  void everyLegOfARotationIsAsPlainJavaFindsIt() {
    assertThat(legs).hasSize(328_521);
    assertThat(new Lake(project).rows(LegTruth.LEGS))
        .isEqualTo(legs.stream().map(LegTruth::text).sorted().toList());
  }

  @Test
  void everyPlaneIsLastSeenOnItsLastLeg() {
    assertThat(new Lake(project).rows(LegTruth.LAST_SEEN))
        .isEqualTo(LegTruth.lastSeen(legs).sorted().toList());
  }

  @Test
  void whatALateLandingCostsIsServedAsPlainJavaFindsIt() {
    String sql =
        """
        SELECT landed, departures, late_departures, round(avg_dep_delay_min * departures)::bigint FROM mart.knock_on
        """;

    assertThat(project.afp("sql", "--json", sql).rows())
        .containsExactlyInAnyOrderElementsOf(LegTruth.knockOn(legs));
  }

  @Test
  void theRotationsWarnOfWhatIsWrongInTheData() {
    String sql =
        """
        SELECT check_name || ' ' || rows_failed AS warned
          FROM afp.check_result c JOIN afp.run r ON r.id = c.run_id
         WHERE r.release_id = 2 AND status <> 'passed'
        """;
    long flying = legs.stream().filter(LegTruth::stillFlying).count();

    assertThat(project.rows(sql))
        .containsExactly(
            "{warned=core.plane_last_seen.tailnum.references 721}",
            "{warned=one_flight_at_a_time %d}".formatted(flying));
    assertThat(rotations.codes()).isEmpty();
  }

  @Test
  void theChecksFindWhatTheTruthFinds() {
    String found =
        """
        SELECT check_name, rows_judged, rows_failed
          FROM afp.check_result c JOIN afp.run r ON r.id = c.run_id
         WHERE r.release_id = 1 AND rows_failed > 0 ORDER BY check_name
        """;
    String warned =
        """
        SELECT check_name
          FROM afp.check_result c JOIN afp.run r ON r.id = c.run_id
         WHERE r.release_id = 1 AND status <> 'passed'
        """;

    assertThat(project.afp("sql", "--json", found).rows())
        .isEqualTo(Truth.of("breaches.tsv").rows());
    assertThat(project.afp("sql", "--json", warned).rows())
        .containsExactly("core.flight.tailnum.references");
  }

  @Test
  void theMartsHaveKeysIndexesCommentsAndReaders() {
    for (String mart : MARTS) {
      String data = "(SELECT data_table FROM afp_serving.load WHERE target = '%s')".formatted(mart);

      assertThat(
              project.rows(
                  """
                  SELECT indexdef LIKE 'CREATE UNIQUE%%' AS key FROM pg_indexes
                   WHERE schemaname = 'afp_serving' AND tablename = %s
                  """
                      .formatted(data)))
          .as(mart)
          .contains("{key=true}", "{key=false}");
      assertThat(
              project.rows("SELECT obj_description('%s'::regclass) <> '' AS told".formatted(mart)))
          .containsExactly("{told=true}");
      assertThat(
              project.rows(
                  """
                  SELECT DISTINCT privilege_type AS p FROM information_schema.role_table_grants
                   WHERE grantee = 'PUBLIC' AND table_schema || '.' || table_name = '%s'
                  """
                      .formatted(mart)))
          .containsExactly("{p=SELECT}");
    }
  }

  @Test
  void theReportHasTheNumbersOfTheRun() {
    Map<String, JsonNode> steps =
        StreamSupport.stream(run.json().at("/data/steps").spliterator(), false)
            .filter(step -> List.of("ingest", "transform").contains(step.path("phase").asText()))
            .collect(Collectors.toMap(step -> step.path("table").asText(), step -> step));

    assertThat(steps).containsOnlyKeys(FlightsState.TABLES);
    assertThat(steps.get("raw.flights").path("rows_in").asLong()).isEqualTo(336_776);
    assertThat(steps.get("core.flight").path("rows_out").asLong()).isEqualTo(336_776);
    assertThat(steps.values()).allMatch(step -> step.path("rows_rejected").asLong() == 0);
    assertThat(steps.values()).allMatch(step -> step.path("bytes").asLong() > 0);
    assertThat(run.json().at("/data/release").asLong()).isEqualTo(1);
  }

  @Test
  void aSecondRunFindsNothingToDoAndChangesNothing() {
    Map<String, List<String>> before = ledger.everything();
    List<String> pointers = ledger.pointers();
    List<String> loads = project.rows("SELECT * FROM afp_serving.load");

    Command.Ended again = project.afp("run", "flights", "--interval", "2013").succeeded();

    assertThat(again.out()).contains("Nothing to do");
    assertThat(ledger.everything()).isEqualTo(before);
    assertThat(ledger.pointers()).isEqualTo(pointers).isNotEmpty();
    assertThat(project.rows("SELECT * FROM afp_serving.load")).isEqualTo(loads).isNotEmpty();
  }

  @Test
  void anOrchestratorLearnsByTheSkipCodeThatThereWasNothingToDo() {
    Command.Ended again = project.afp("run", "flights", "--interval", "2013", "--skip-code", "99");

    assertThat(again.endedWith(99).out()).contains("Nothing to do");
  }

  @Tag("long")
  @Test
  void restatingMarchWritesMarchOnlyAndChangesNoResult() {
    Lake lake = new Lake(project);
    Map<String, Long> snapshots = ofEach(BY_MONTH.keySet(), lake::snapshot);
    Map<String, List<String>> files =
        ofEach(BY_MONTH.keySet(), table -> lake.filesOfOtherPartitions(table, MARCH));
    Map<String, List<String>> served = ofEach(MARTS, this::servedRows);
    List<String> done = withoutMarch(ledger.done("core.flight"));

    Command.Ended again = project.afp("run", "flights", "--interval", "2013-03", "--restate");

    assertThat(again.succeeded().out()).contains("core.flight", "28,834");
    BY_MONTH.forEach(
        (table, changed) -> {
          assertThat(ledger.done(table)).hasSize(12).contains("2013-03 by 3");
          assertThat(withoutMarch(ledger.done(table))).isEqualTo(done);
          assertThat(files.get(table)).as(table).hasSizeGreaterThan(10);
          assertThat(lake.filesOfOtherPartitions(table, MARCH)).isEqualTo(files.get(table));
          assertThat(lake.snapshot(table)).as(table).isNotEqualTo(snapshots.get(table));
          assertThat(lake.differences(table, snapshots.get(table), changed)).as(table).isZero();
        });
    assertThat(ofEach(MARTS, this::servedRows)).isEqualTo(served);
  }

  private List<String> servedRows(String mart) {
    return project.rows("SELECT * FROM " + mart);
  }

  private static <T> Map<String, T> ofEach(Collection<String> tables, Function<String, T> what) {
    return tables.stream().collect(Collectors.toMap(Function.identity(), what));
  }

  private static List<String> withoutMarch(List<String> done) {
    return done.stream().filter(d -> !d.startsWith("2013-03")).toList();
  }
}
