package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CheckDef.Between;
import io.afp.core.definition.CheckDef.In;
import io.afp.core.definition.CheckDef.References;
import io.afp.core.definition.CheckDef.Rows;
import io.afp.core.definition.CheckDef.Severity;
import io.afp.core.definition.CheckDef.Sql;
import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.PartitionField.Transform;
import io.afp.core.definition.PipelineDef.Freshness;
import io.afp.core.definition.PipelineDef.Sla;
import io.afp.core.definition.ServeDef.ServeMode;
import io.afp.core.definition.WriteDef.OnRerun;
import io.afp.core.definition.WriteDef.WriteMode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesignExampleTest {

  private static final String PIPELINE =
      """
      # pipeline.yaml
      pipeline: flights
      description: On-time performance of flights out of New York
      owner: data-platform
      interval: { unit: month, zone: America/New_York }
      schedule: "0 3 2 * *"
      sla: { freshness: P3D, duration: PT30M }       # freshness from the end of the interval
      """;

  private static final String SOURCE =
      """
      description: Departures as reported, one row a flight
      from: { files: "data/flights/${interval:yyyy-MM}.csv.gz", format: csv, header: true, null_values: [NA] }
      columns:
        year:           { type: int, required: true }
        month:          { type: int, required: true }
        day:            { type: int, required: true }
        dep_delay:      { type: int, description: Minutes; negative is early }
        carrier:        { type: string, required: true }
        flight:         { type: int, required: true }
        origin:         { type: string, required: true }
        sched_dep_time: { type: int, required: true }
        flight_date:    { type: date, required: true, expr: "make_date(year, month, day)" }
      key: [flight_date, carrier, flight, origin, sched_dep_time]
      partition_by: [month(flight_date)]
      write: { mode: replace, interval_column: flight_date }
      rejects: { at_most: 1% }
      """;

  private static final String PLANE =
      """
      from: { files: "data/planes.csv", format: csv }
      columns: { tailnum: { type: string, required: true } }
      """;

  private static final String MODEL =
      """
      columns:
        flight_date:   { type: date, required: true }
        carrier:       { type: string, required: true }
        flight:        { type: int, required: true }
        origin:        { type: string, required: true, checks: [ { in: [EWR, JFK, LGA] } ] }
        sched_dep_at:  { type: timestamp, required: true }
        dep_delay_min: { type: int, checks: [ { between: [-120, 1500], at_least: 99.9% } ] }
        tailnum:       { type: string, checks: [ { references: core.plane.tailnum, at_least: 80%, severity: warn } ] }
      key: [flight_date, carrier, flight, origin, sched_dep_at]
      partition_by: [month(flight_date)]
      write: { mode: replace, interval_column: flight_date }
      checks:
        - rows: { min: 1 }
        - { name: arrives_after_departure, sql: "arr_at is null or arr_at > dep_at" }
      serve: { postgres: mart.flight, mode: swap, indexes: [[flight_date]], grants: [reader] }
      """;

  @TempDir Path root;

  private CheckedPipeline checked;

  @BeforeEach
  void read() {
    checked =
        new ProjectFolder(root)
            .pipeline(PIPELINE)
            .table("raw.flights", SOURCE)
            .table("core.plane", PLANE)
            .model("core.flight", MODEL)
            .check();
  }

  @Test
  void isRightWithoutAWarning() {
    assertThat(checked.problems()).isEmpty();
    assertThat(checked.orThrow().tables())
        .extracting(t -> t.name().toString())
        .containsExactly("core.flight", "core.plane", "raw.flights");
  }

  @Test
  void givesThePipeline() {
    PipelineDef pipeline = checked.orThrow();
    assertThat(pipeline.name()).isEqualTo("flights");
    assertThat(pipeline.owner()).contains("data-platform");
    assertThat(pipeline.folder()).isEqualTo(root.resolve("p"));
    assertThat(pipeline.schedule()).contains("0 3 2 * *");
    assertThat(pipeline.interval())
        .contains(new IntervalDef(IntervalUnit.MONTH, ZoneId.of("America/New_York")));
    Freshness threeDays = new Freshness(Period.ofDays(3), Duration.ZERO);
    assertThat(pipeline.sla())
        .contains(new Sla(Optional.of(threeDays), Optional.of(Duration.ofMinutes(30))));
  }

  @Test
  void givesTheSource() {
    TableDef table = table("raw.flights");
    assertThat(table.file()).isEqualTo("p/tables/raw/flights.yaml");
    assertThat(table.model()).isEmpty();
    assertThat(table.source())
        .contains(
            new FileSourceDef(
                "data/flights/${interval:yyyy-MM}.csv.gz",
                FileFormat.CSV,
                CsvDef.usual(),
                StandardCharsets.UTF_8,
                List.of("NA"),
                OnChange.RELOAD));
    assertThat(table.key())
        .containsExactly("flight_date", "carrier", "flight", "origin", "sched_dep_time");
    assertThat(table.partitionBy())
        .containsExactly(new PartitionField(Transform.MONTH, "flight_date", 0));
    assertThat(table.write().mode()).isEqualTo(WriteMode.REPLACE);
    assertThat(table.write().intervalColumn()).contains("flight_date");
    assertThat(table.write().onRerun()).isEqualTo(OnRerun.REFUSE);
    assertThat(table.rejects())
        .isEqualTo(new RejectsDef(new BigDecimal("0.01"), OptionalLong.empty()));
  }

  @Test
  void givesTheColumnsInOrder() {
    assertThat(table("raw.flights").columns())
        .hasSize(9)
        .contains(
            new ColumnDef(
                "flight_date",
                new ColumnType(Kind.DATE, 0, 0),
                true,
                Pii.FALSE,
                Optional.empty(),
                Optional.of("make_date(year, month, day)"),
                EntryDef.none(),
                List.of()));
    assertThat(table("raw.flights").columns().get(3).description())
        .contains("Minutes; negative is early");
  }

  @Test
  void givesTheModel() {
    TableDef table = table("core.flight");
    assertThat(table.source()).isEmpty();
    assertThat(table.model()).contains(new ModelDef.Query("p/tables/core/flight.sql", "select 1"));
    TableName target = TableName.parse("mart.flight");
    assertThat(table.serve())
        .contains(
            new ServeDef(
                target, ServeMode.SWAP, List.of(List.of("flight_date")), List.of("reader")));
  }

  @Test
  void givesTheChecksWithTheirNames() {
    assertThat(table("core.flight").columns().stream().flatMap(c -> c.checks().stream()))
        .containsExactly(
            check("core.flight.origin.in", "origin", new In(List.of("EWR", "JFK", "LGA")), "1"),
            check(
                "core.flight.dep_delay_min.between",
                "dep_delay_min",
                new Between(Optional.of("-120"), Optional.of("1500")),
                "0.999"),
            new CheckDef(
                "core.flight.tailnum.references",
                Optional.of("tailnum"),
                new References(TableName.parse("core.plane"), "tailnum"),
                Optional.empty(),
                new BigDecimal("0.8"),
                Severity.WARN));
    assertThat(table("core.flight").checks())
        .containsExactly(
            tableCheck("core.flight.rows", new Rows(OptionalLong.of(1), OptionalLong.empty())),
            tableCheck("arrives_after_departure", new Sql("arr_at is null or arr_at > dep_at")));
  }

  private static CheckDef check(String name, String column, CheckDef.Rule rule, String atLeast) {
    return new CheckDef(
        name, Optional.of(column), rule, Optional.empty(), new BigDecimal(atLeast), Severity.ERROR);
  }

  private static CheckDef tableCheck(String name, CheckDef.Rule rule) {
    return new CheckDef(
        name, Optional.empty(), rule, Optional.empty(), BigDecimal.ONE, Severity.ERROR);
  }

  private TableDef table(String name) {
    return checked.orThrow().table(TableName.parse(name)).orElseThrow();
  }
}
