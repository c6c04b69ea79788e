package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.afp.core.error.AfpException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuilderTest {

  private static final String SOURCE =
      """
      description: As reported
      from: { files: "${interval:yyyy-MM}.csv", format: csv, header: false, delimiter: ";", null_values: [NA], quote: "'", escape: "!", comment: "#", skip_lines: 2, encoding: UTF-16, ignore_leading_white_space: true, ignore_trailing_white_space: true, empty_value: "-", line_sep: "\\r\\n", max_columns: 9, max_chars_per_column: 99 }
      columns:
        id:  { type: long, required: true, pii: true, description: number, checks: [ { between: [1, ~], where: "id <> 5" } ] }
        day: { type: date, required: true, expr: "current_date()", checks: [ { fresh: P3D }, { required: true, severity: warn } ] }
        name: { type: string, checks: [ { anomaly: completeness }, { matches: "[a-z]+" }, { length: [1, ~] }, { name: short, length: [~, 9] }, { name: both, length: [1, 9] } ] }
      metadata: { run_id: _afp_run_id, ingested_at: loaded_at, source: file }
      key: [id, day]
      partition_by: [month(day)]
      sort_by: [name, id desc]
      layout: { target_file_size: 128MB, distribution: range }
      write: { interval_column: day }
      rejects: { at_most: 1%, max: 100 }
      keep: { rejects: P1Y, quarantine: forever }
      checks:
        - rows: { min: 1 }
        - { name: positive, sql: "id > 0", at_least: 99%, severity: warn }
        - { name: names, key: [name], where: "name is not null", at_least: 50% }
        - fresh: P1DT6H
        - { anomaly: { of: rows, method: change, at_most: 150% }, severity: warn }
      serve: { postgres: mart.a, indexes: [[id, day]], grants: [reader] }
      """;

  @TempDir Path root;

  @Test
  void givesTheSameRecordsAsYaml() {
    ProjectFolder project =
        new ProjectFolder(root)
            .pipeline(
                """
                pipeline: p
                description: example
                owner: me
                interval: { unit: month, zone: Z }
                schedule: "0 3 1 * *"
                sla: { freshness: P3D, duration: PT30M }
                """)
            .table("raw.a", SOURCE);
    PipelineDef read = project.read();
    PipelineDef built = pipeline().table(source()).folder(root.resolve("p")).build();
    assertThat(built.tables().get(0))
        .usingRecursiveComparison()
        .ignoringFields("file")
        .isEqualTo(read.tables().get(0));
    assertThat(built).usingRecursiveComparison().ignoringFields("tables").isEqualTo(read);
    assertThat(built.tables().get(0).file()).isEmpty();
  }

  @Test
  void aTableStandsByItself() {
    CheckBuilder elsewhere = CheckBuilder.references("elsewhere.x.id");
    TableDef table =
        TableDef.named("core.b")
            .sql("select 1 as id")
            .column("id", "int", c -> c.check(elsewhere))
            .column("day", "date")
            .appendIntervals("day")
            .build();
    assertThat(table.model()).contains(new ModelDef.Query("", "select 1 as id"));
    assertThat(table.write().mode()).isEqualTo(WriteDef.WriteMode.APPEND);
    assertThat(table.hasInterval()).isTrue();
  }

  @Test
  void filesOfAnyFormatHaveTheWordsOfTheYaml(@TempDir Path other) {
    String columns = "columns: { id: { type: int } }";
    String from =
        "from: { files: a.jsonl, format: jsonl, encoding: UTF-16, null_values: [NA, none], on_change: warn }";
    TableDef built =
        TableDef.named("raw.a")
            .fromFiles(
                "a.jsonl",
                FileFormat.JSONL,
                files -> files.encoding("UTF-16").nullValues("NA", "none").onChange(OnChange.WARN))
            .column("id", "int")
            .build();
    TableDef read =
        new ProjectFolder(other)
            .pipeline("pipeline: p")
            .table("raw.a", from + "\n" + columns)
            .read()
            .tables()
            .get(0);
    assertThat(built).usingRecursiveComparison().ignoringFields("file").isEqualTo(read);
    assertThat(built.onChange()).isEqualTo(OnChange.WARN);
  }

  @Test
  void namesAClassAsTheYamlDoes() {
    TableDef table = TableDef.named("core.b").model(Inner.class).column("id", "int").build();
    assertThat(table.model().orElseThrow())
        .isInstanceOfSatisfying(
            ModelDef.JavaClass.class, m -> assertThat(m.name()).isEqualTo(Inner.class.getName()));
    assertThat(Inner.class.getName()).endsWith("BuilderTest$Inner");
  }

  /** Stands for a model. */
  private static final class Inner {}

  private static PipelineBuilder pipeline() {
    return PipelineDef.named("p")
        .description("example")
        .owner("me")
        .interval(IntervalUnit.MONTH, ZoneOffset.UTC)
        .schedule("0 3 1 * *")
        .freshness("P3D")
        .duration("PT30M");
  }

  private static TableBuilder source() {
    return TableDef.named("raw.a")
        .description("As reported")
        .metadata(m -> m.runId("_afp_run_id").ingestedAt("loaded_at").source("file"))
        .fromCsv(
            "${interval:yyyy-MM}.csv",
            csv ->
                csv.withoutHeader()
                    .delimiter(";")
                    .nullValues("NA")
                    .quote("'")
                    .escape("!")
                    .comment("#")
                    .skipLines(2)
                    .encoding("UTF-16")
                    .ignoreLeadingWhiteSpace()
                    .ignoreTrailingWhiteSpace()
                    .emptyValue("-")
                    .lineSep("\r\n")
                    .maxColumns(9)
                    .maxCharsPerColumn(99))
        .column(
            "id",
            "long",
            c ->
                c.required()
                    .pii()
                    .description("number")
                    .check(CheckBuilder.from("1").where("id <> 5")))
        .column(
            "day",
            "date",
            c ->
                c.required()
                    .expr("current_date()")
                    .check(CheckBuilder.fresh("P3D"))
                    .check(CheckBuilder.required().warn()))
        .column(
            "name",
            "string",
            c ->
                c.check(CheckBuilder.anomaly("completeness"))
                    .check(CheckBuilder.matches("[a-z]+"))
                    .check(CheckBuilder.lengthFrom(1))
                    .check(CheckBuilder.lengthUpTo(9).named("short"))
                    .check(CheckBuilder.length(1, 9).named("both")))
        .key("id", "day")
        .partitionBy("month(day)")
        .sortBy("name", "id desc")
        .targetFileSize("128MB")
        .distribution("range")
        .replaceIntervals("day")
        .rejectsAtMost("1%")
        .rejectsMax(100)
        .keepRejects("P1Y")
        .keepQuarantine("forever")
        .check(CheckBuilder.rowsFrom(1))
        .check(CheckBuilder.sql("id > 0").named("positive").atLeast("99%").warn())
        .check(CheckBuilder.key("name").named("names").where("name is not null").atLeast("50%"))
        .check(CheckBuilder.fresh("P1DT6H"))
        .check(CheckBuilder.anomaly("rows", Map.of("method", "change", "at_most", "150%")).warn())
        .serve("mart.a", s -> s.index("id", "day").grant("reader"));
  }

  @Test
  void reportsAllProblemsOfAllTables() {
    PipelineBuilder broken =
        PipelineDef.named("P")
            .table(TableDef.named("raw.a").fromCsv("${x}").column("id", "lng").key("di"))
            .table(TableDef.named("b"))
            .table(
                TableDef.named("core.c").sql("select 1").column("d", "date").replaceIntervals("d"))
            .table(TableDef.named("core.c").sql("select 1").column("d", "date"));
    assertThat(problems(broken::build))
        .containsExactlyInAnyOrder(
            "b AFP-DEF-004 Cannot define table b: 'b' is not namespace.name -> Write"
                + " namespace.name.",
            "core.c AFP-DEF-006 Cannot define table core.c: the pipeline defines it twice -> Keep"
                + " one of the two.",
            "P (pipeline) AFP-DEF-004 Cannot read pipeline: 'P' is not a lower-case name of"
                + " [a-z][a-z0-9_]* -> Write a lower-case name of [a-z][a-z0-9_]*.",
            "raw.a (columns.id.type) AFP-DEF-004 Cannot read columns.id.type: 'lng' is not a type"
                + " -> Write boolean, int, long, float, double, \"decimal(10,2)\" in quotes,"
                + " string, date, timestamp, timestamp_ntz or binary.",
            "raw.a (key[0]) AFP-DEF-007 Cannot use column di in key of raw.a: it is not declared ->"
                + " Did you mean 'id'?",
            "raw.a (from.files) AFP-DEF-004 Cannot list the files of raw.a: '${x}' is not"
                + " ${interval:pattern} -> Write a pattern such as ${interval:yyyy-MM} in a"
                + " pipeline with an interval.",
            "core.c (write.interval_column) AFP-DEF-010 Cannot write core.c by interval: the"
                + " pipeline has no interval -> Add interval: { unit: month } to pipeline.yaml, or"
                + " remove interval_column.");
  }

  @Test
  void checksReferencesInsideThePipeline() {
    CheckBuilder toB = CheckBuilder.references("core.b.ID");
    CheckBuilder toC = CheckBuilder.references("core.c.id").named("elsewhere");
    PipelineBuilder broken =
        PipelineDef.named("p")
            .table(TableDef.named("core.b").sql("select 1").column("id", "int"))
            .table(
                TableDef.named("core.d")
                    .sql("select 1")
                    .column("id", "int", c -> c.check(toB).check(toC)));
    assertThat(problems(broken::build))
        .containsExactly(
            "core.d (columns.id.checks[0].references) AFP-DEF-007 Cannot refer to column ID of"
                + " core.b: the table has no such column -> Did you mean 'id'?");
  }

  @Test
  void refusesAColumnThatIsThereTwice() {
    TableBuilder table = TableDef.named("core.b").column("id", "int");
    assertThatThrownBy(() -> table.column("id", "long"))
        .isInstanceOf(AfpException.class)
        .hasMessage("AFP-DEF-012 Cannot add column id to core.b: it is there already");
  }

  private static List<String> problems(ThrowingCallable build) {
    AfpException thrown = catchThrowableOfType(AfpException.class, build);
    return thrown.problems().stream().map(ProjectFolder::line).toList();
  }
}
