package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.testing.GivenTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@link Reader} goes through the examples that build on {@code flights}, and what is in the
 * tables then is what plain Python or Java finds in the files.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {

  static final List<String> PAGES =
      List.of(
          "afp-examples/features/README.md",
          "afp-examples/java/README.md",
          "afp-examples/registry/README.md",
          "afp-examples/stations/README.md",
          "afp-examples/s3/README.md");

  private static final Path DATA = Reactor.root().resolve("afp-examples/flights/data");

  private static final String BEFORE_CORRECTION = "EWR,2013-01-15T12:00:00Z,37.04";
  private static final String AFTER_CORRECTION = "EWR,2013-01-15T12:00:00Z,38.04";

  private static final String NOON = "timestamp'2013-01-20 17:00:00Z'";

  /** {@code core.flight} as it was at noon: without tail numbers of planes that had not left. */
  private static final String SEEN_AT_NOON =
      """
      SELECT flight_date, carrier, flight, origin, dest, sched_dep_at, coalesce(dep_at > NOON, true) AS cancelled,
             if(dep_at <= NOON, tailnum, null) AS tailnum, if(dep_at <= NOON, dep_at, null) AS dep_at,
             if(dep_at <= NOON, dep_delay_min, null) AS dep_delay_min, if(arr_at <= NOON, arr_at, null) AS arr_at,
             if(arr_at <= NOON, arr_delay_min, null) AS arr_delay_min, coalesce(arr_at <= NOON and diverted, false) AS diverted
        FROM core.flight
      """
          .replace("NOON", NOON);

  private Path examples;
  private ProjectCopy project;

  @BeforeAll
  void readThePages(@TempDir Path folder) throws IOException {
    Path clone = new Reader().read(folder, PAGES);
    examples = clone.resolve("afp-examples");
    project = ProjectCopy.at(clone);
  }

  @AfterAll
  void stopPostgres() {
    if (project != null) { // null when a page was not as it should be
      project.close();
    }
  }

  @Test
  void everyFlightHasWhatWasKnownTwoHoursBeforeAndNothingElse(@TempDir Path folder) {
    String features =
        """
        SELECT carrier, flight, origin, dest, unix_seconds(sched_dep_at), late,
               unix_seconds(route_known_at), route_late_min, format_string('%.6f', route_week_late_min),
               unix_seconds(airport_known_at), airport_departures, format_string('%.6f', airport_delay_min),
               unix_seconds(weather_known_at), format_string('%.6f', visib), format_string('%.6f', wind_speed),
               format_string('%.6f', precip)
          FROM ml.departure
        """;
    Path script = Truth.file("../features/departures.py");
    List<String> command = List.of("python3", "" + script, "" + DATA, "2013-01");

    List<String> truth =
        Command.start(folder, Map.of(), command).ended().succeeded().out().lines().toList();

    assertThat(truth).hasSize(27_004);
    assertThat(new Lake(project).rows(features)).isEqualTo(truth.stream().sorted().toList());
  }

  @Test
  void noFeatureOfAFlightChangesByWhatHappensAfterItWasAsked() throws IOException {
    Lake lake = new Lake(project);
    Dataset<Row> published = lake.main().table("ml.departure");
    lake.main().sql(SEEN_AT_NOON).createOrReplaceTempView("seen");
    Map<String, Dataset<Row>> known =
        Map.of(
            "core.flight", lake.main().table("seen"),
            "feature.route", lake.main().sql(query("route")),
            "feature.airport", lake.main().sql(query("airport")),
            "feature.weather",
                lake.main().sql(query("weather")).where("weather_known_at <= " + NOON));

    Dataset<Row> asked = new DepartureFeatures().rows(GivenTables.of(lake.main(), known));

    List<String> before = features(published, asked.columns());
    assertThat(before).hasSizeGreaterThan(15_000);
    assertThat(features(asked, asked.columns())).isEqualTo(before);
  }

  private static String query(String table) throws IOException {
    Path file = DATA.resolve("../../features/tables/feature/%s.sql".formatted(table));
    return Files.readString(file).replace("core.flight", "seen");
  }

  /** Of the flights that were asked for until noon, and without the label, which comes later. */
  private static List<String> features(Dataset<Row> departures, String... columns) {
    return departures
        .selectExpr(columns)
        .where("asked_at <= " + NOON)
        .drop("late")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  @Test
  void theRegisterHasEveryVersionThatThereEverWas() {
    Map<String, String> expected = new TreeMap<>();
    for (String line : SourceFile.rows(DATA, "planes")) {
      String[] plane = line.split("\t");
      expected.put(plane[0], "%.0f from 01-01 00:00".formatted(Double.valueOf(plane[6])));
    }
    expected.put("N10156", "55 from 01-01 00:00 to 02-01 10:00, 50 from 02-01 10:00");
    expected.put("N102UW", "182 from 01-01 00:00 to 02-01 10:15");
    expected.put("N103US", "182 from 01-01 00:00 to 02-01 09:45, 180 from 02-01 09:45");
    expected.put("N1AFP", "182 from 02-01 10:30");
    String versions =
        """
        SELECT tailnum, concat_ws(', ', sort_array(collect_list(concat(
                 seats, date_format(valid_from, "' from 'MM-dd HH:mm"),
                 coalesce(date_format(valid_to, "' to 'MM-dd HH:mm"), ''))), false))
          FROM raw.aircraft WHERE is_current = (valid_to IS NULL) GROUP BY tailnum
        """;

    try (ProjectCopy registry = ProjectCopy.at(examples.resolve("registry"))) {
      assertThat(new Lake(registry).rows(versions))
          .isEqualTo(
              expected.entrySet().stream()
                  .map(aircraft -> "[%s,%s]".formatted(aircraft.getKey(), aircraft.getValue()))
                  .sorted()
                  .toList());
    }
  }

  @Test
  void everyReportOfTheStationsIsThereAndTheCorrectedOneOnce() throws IOException {
    List<String> expected =
        SourceFile.rows(DATA, "weather").stream()
            .map(line -> line.split("\t"))
            .filter(report -> report[14].startsWith("2013-01"))
            .map(r -> "[%s,%s,%s,%s,%s]".formatted(r[0], r[14], r[5], r[9], r[13]))
            .map(report -> report.replace("NA", "null"))
            .map(report -> report.replace(BEFORE_CORRECTION, AFTER_CORRECTION))
            .sorted()
            .toList();
    String reports =
        """
        SELECT station, date_format(observed_at, "yyyy-MM-dd'T'HH:mm:ss'Z'"), temp, wind_speed, visib FROM raw.report
        """;

    Path root = examples.resolve("stations");
    Files.writeString(root.resolve("afp.yaml"), ""); // the key is only needed for another run
    try (ProjectCopy stations = ProjectCopy.at(root)) {
      assertThat(expected).hasSize(2211);
      assertThat(new Lake(stations).rows(reports)).isEqualTo(expected);
    }
  }

  @Test
  void theHoursThatJavaDeclaresAreThoseOfTheFile() {
    Map<String, List<String>> delays = new TreeMap<>();
    for (String[] flight : flights("2013-01")) {
      String hour =
          "%s,2013-01-%02.0f,%.0f"
              .formatted(flight[12], Double.valueOf(flight[2]), Double.valueOf(flight[16]));
      delays.computeIfAbsent(hour, key -> new ArrayList<>()).add(flight[5]);
    }

    String hours =
        "SELECT origin, flight_date, hour, flights, format_string('%.6f', avg_dep_delay) FROM busy.hour";
    assertThat(new Lake(project).rows(hours))
        .containsExactlyInAnyOrderElementsOf(
            delays.entrySet().stream().map(ExamplesIT::hour).toList());
  }

  private static String hour(Map.Entry<String, List<String>> delays) {
    OptionalDouble mean = departed(delays.getValue()).average();
    String text = mean.isPresent() ? "%.6f".formatted(mean.getAsDouble()) : "null";
    return "[%s,%d,%s]".formatted(delays.getKey(), delays.getValue().size(), text);
  }

  private static DoubleStream departed(List<String> delays) {
    return delays.stream().filter(delay -> !delay.equals("NA")).mapToDouble(Double::parseDouble);
  }

  private static List<String[]> flights(String month) {
    return SourceFile.rows(DATA.resolve("flights"), month).stream()
        .map(line -> line.split("\t"))
        .toList();
  }

  /** The store is gone with its tables, but the reader has seen what the page shows of them. */
  @Test
  void whatThePageOfS3ShowsIsInTheFiles() throws IOException {
    String page = Files.readString(examples.resolve("s3/README.md"));
    for (String month : List.of("2013-01", "2013-02")) {
      List<String> delays = flights(month).stream().map(flight -> flight[5]).toList();
      assertThat(page.replaceAll(" +", " "))
          .contains(
              "s3a://landing/flights/%s.csv.gz %d %.0f"
                  .formatted(month, delays.size(), departed(delays).sum()));
    }
  }
}
