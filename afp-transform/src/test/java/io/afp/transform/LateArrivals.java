package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows that come late: {@code raw.arrival} by the day on which a row came, {@code core.event} by
 * the day on which it happened, and {@code mart.day}, which counts them.
 */
final class LateArrivals implements AutoCloseable {

  private static final String WITHIN = " where %s >= :interval_start and %1$s < :interval_end";

  private final TestProject project;

  LateArrivals(Path root, int lookback) {
    project = new TestProject(root, "interval: { unit: day, zone: UTC }");
    project
        .lake()
        .publish("create namespace src", "create table src.t (came date, day date, n int)");
    project.model(
        "raw.arrival",
        definition("came: { type: date }, day: { type: date }, n: { type: int }", "came"),
        "select came, day, n from src.t" + WITHIN.formatted("came"));
    project.model(
        "core.event",
        definition("day: { type: date }, n: { type: int }", "day, lookback: " + lookback),
        "select day, n from raw.arrival" + WITHIN.formatted("day"));
    project.model(
        "mart.day",
        definition("day: { type: date }, events: { type: long }", "day"),
        "select day, count(*) as events from core.event"
            + WITHIN.formatted("day")
            + " group by day");
  }

  private static String definition(String columns, String interval) {
    String column = interval.split(",")[0];
    return "columns: { %s }\npartition_by: [%s]\nwrite: { interval_column: %s }\n"
        .formatted(columns, column, interval);
  }

  TestProject project() {
    return project;
  }

  /**
   * On a day of January rows come of what happened on others; 32 came on the third of the second.
   */
  void arrives(int came, int... days) {
    String rows =
        IntStream.of(days)
            .mapToObj(
                day ->
                    "(date '2013-01-%1$02d', date '2013-01-%2$02d', %1$d%2$d)".formatted(came, day))
            .collect(Collectors.joining(", "));
    project.lake().publish("insert into src.t values " + rows);
  }

  /** A run of days of January that ends like this. */
  void run(String outcome, int first, int last, String... more) {
    String interval = "2013-01-%02d..2013-01-%02d".formatted(first, last);
    String[] all =
        Stream.concat(Stream.of("--interval", interval), Stream.of(more)).toArray(String[]::new);
    JsonNode report = project.run(List.of(Phase.TRANSFORM), all);
    assertThat(report.get("outcome").asText())
        .as(report.toString())
        .isIn(List.of(outcome.split("\\|")));
  }

  /** The plan of a day of January. */
  List<String> plan(int day, String... more) {
    Stream<String> interval = Stream.of("--interval", "2013-01-%02d".formatted(day));
    return project.plan(Stream.concat(interval, Stream.of(more)).toArray(String[]::new));
  }

  /** How often each day of a table was done: {@code 01 2}. */
  List<String> timesDone(String table) {
    return project.ledger(
        """
        SELECT right(unit, 2) || ' ' || count(*) FROM afp.step_unit
         WHERE table_namespace || '.' || table_name = '%s' GROUP BY unit ORDER BY unit
        """
            .formatted(table));
  }

  @Override
  public void close() {
    project.close();
  }
}
