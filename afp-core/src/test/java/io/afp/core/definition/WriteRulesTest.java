package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteRulesTest {

  private static final String COLUMNS =
      """
      columns:
        id:   { type: long, required: true }
        day:  { type: date }
        at:   { type: timestamp }
        wall: { type: timestamp_ntz }
      """;

  @TempDir Path root;

  private ProjectFolder project;

  @BeforeEach
  void start() {
    project = new ProjectFolder(root);
  }

  @Test
  void anIntervalColumnIsATime() {
    write("interval_column: id");
    assertThat(project.lines())
        .contains(
            "p/tables/raw/a.yaml:8 (write.interval_column) AFP-DEF-010 Cannot write raw.a by"
                + " interval: column id is neither a date nor a timestamp (type=long) -> Name a"
                + " column of type date, timestamp or timestamp_ntz.");
  }

  @Test
  void anIntervalColumnNeedsAnIntervalOfThePipeline() {
    project.pipeline("pipeline: p\n");
    write("interval_column: day", "month(day)");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:8 (write.interval_column) AFP-DEF-010 Cannot write raw.a by"
                + " interval: the pipeline has no interval -> Add interval: { unit: month } to"
                + " pipeline.yaml, or remove interval_column.");
  }

  @Test
  void anIntervalThatCanNotBeReadIsReportedOnce() {
    project.pipeline("pipeline: p\ninterval: { unit: monthly }\n");
    write("interval_column: day");
    assertThat(project.problems()).singleElement().asString().contains("interval.unit");
  }

  @Test
  void onlyAppendHasARerun() {
    write("on_rerun: replace");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:8 (write.on_rerun) AFP-DEF-010 Cannot use on_rerun for raw.a: only"
                + " append has it (mode=replace) -> Remove on_rerun; the other modes may"
                + " always run again.");
  }

  @Test
  void aRerunCanNotReplaceWhatHasNoInterval() {
    write("mode: append, on_rerun: replace");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:8 (write.on_rerun) AFP-DEF-010 Cannot replace the rows of a"
                + " rerun of raw.a: without interval_column they are not known -> Add"
                + " interval_column, or write on_rerun: refuse.");
  }

  @Test
  void onlyIntervalsThatMayBeDoneAgainAreLookedBackOn() {
    write("lookback: 2");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:8 (write.lookback) AFP-DEF-010 Cannot look back in raw.a: without"
                + " interval_column there is nothing before -> Add interval_column, or remove"
                + " lookback.");
    write("mode: append, interval_column: day, lookback: 2");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:8 (write.lookback) AFP-DEF-010 Cannot look back in raw.a: append"
                + " refuses an interval that is there (on_rerun=refuse) -> Add on_rerun: replace,"
                + " or write mode: replace.");
    write("interval_column: day, lookback: 9999999999", "month(day)");
    assertThat(project.lines()).singleElement().asString().contains("more than 1000 intervals");
    write("interval_column: day, lookback: 2", "month(day)");
    assertThat(project.lines()).isEmpty();
  }

  @Test
  void aReplacedIntervalNeedsAPartitionByIt() {
    write("interval_column: day");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:8 (write.interval_column) AFP-DEF-010 Cannot replace an interval of"
                + " raw.a: a part of a file can't be overwritten, and it is not partitioned by day ->"
                + " Add month(day) to partition_by.");
  }

  @Test
  void anIntervalIsNotFinerThanThePartition() {
    project.pipeline("pipeline: p\ninterval: { unit: day }\n");
    write("interval_column: day", "month(day)");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:7 (partition_by[0]) AFP-DEF-010 Cannot replace an interval of raw.a:"
                + " a part of a file can't be overwritten, and the interval is finer than the"
                + " partition (interval=day, partition=month(day)) -> Write partition_by:"
                + " [day(day)], or a coarser interval.unit.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hour  | at   | hour(at)
          hour  | at   | at
          day   | day  | day(day)
          day   | day  | day
          day   | at   | hour(at)
          month | day  | day(day)
          month | day  | month(day)
          year  | day  | month(day)
          year  | wall | year(wall)
          """)
  void anIntervalMadeOfWholePartitionsIsFine(String unit, String column, String partition) {
    project.pipeline("pipeline: p\ninterval: { unit: " + unit + " }\n");
    write("interval_column: " + column, partition);
    assertThat(project.lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'bucket(8, day)'", "id"})
  void otherPartitionsDoNotTellIntervalsApart(String partition) {
    write("interval_column: day", "'" + partition + "'");
    assertThat(project.lines()).singleElement().asString().contains("Add month(day)");
  }

  @Test
  void anHourIsNotAnIntervalOfADate() {
    project.pipeline("pipeline: p\ninterval: { unit: hour }\n");
    write("interval_column: day", "day");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:8 (write.interval_column) AFP-DEF-010 Cannot replace an interval of"
                + " raw.a: column day is a date and the interval is an hour -> Name a column of type"
                + " timestamp, or write interval.unit: day.");
  }

  @Test
  void aMonthOfAnotherZoneEndsInsideAPartitionOfATimestamp() {
    project.pipeline("pipeline: p\ninterval: { unit: month, zone: America/New_York }\n");
    write("interval_column: at", "month(at)");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:8 (write.interval_column) AFP-DEF-010 Cannot replace an interval of"
                + " raw.a: a part of a file can't be overwritten, and partitions of a timestamp are"
                + " cut in UTC (interval.zone=America/New_York) -> Give at the type timestamp_ntz or"
                + " date, partition by hour(at), or write zone: UTC.");
  }

  @Test
  void anAppendedIntervalThatIsReplacedNeedsAPartitionToo() {
    write("mode: append, interval_column: day, on_rerun: replace");
    assertThat(project.lines()).singleElement().asString().contains("Add month(day)");
  }

  @Test
  void anAppendedIntervalThatIsRefusedNeedsNone() {
    write("mode: append, interval_column: day");
    assertThat(project.lines()).isEmpty();
  }

  private void write(String write) {
    project.source("raw.a", COLUMNS + "\nwrite: { " + write + " }\n");
  }

  private void write(String write, String partition) {
    String partitionBy = "partition_by: [" + partition + "]\n";
    project.source("raw.a", COLUMNS + partitionBy + "write: { " + write + " }\n");
  }
}
