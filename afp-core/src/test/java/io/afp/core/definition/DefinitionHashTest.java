package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionHashTest {

  private static final String SQL = "select id, name as label -- the label\nfrom raw.a";

  @Test
  void isHexadecimalSha256() {
    assertThat(DefinitionHash.of(model(SQL).build())).matches("[0-9a-f]{64}");
  }

  @Test
  void staysTheSameInAnotherFormat() {
    String formatted = "select id,\n  name as label\nfrom  raw.a;\n/* done */";
    assertThat(hash(model(formatted))).isEqualTo(hash(model(SQL)));
  }

  @ParameterizedTest
  @MethodSource
  void staysTheSameWithoutAChangeOfContent(UnaryOperator<TableBuilder> change) {
    assertThat(hash(change.apply(model(SQL)))).isEqualTo(hash(model(SQL)));
    assertThat(hash(change.apply(source()))).isEqualTo(hash(source()));
  }

  static Stream<UnaryOperator<TableBuilder>> staysTheSameWithoutAChangeOfContent() {
    return Stream.of(
        t -> t.description("other"),
        t -> t.check(CheckBuilder.sql("id > 0")),
        t -> t.check(CheckBuilder.sql("id > 0").where("id < 9")),
        t -> t.sortBy("id desc"),
        t -> t.targetFileSize("128MB").distribution("none"),
        t -> t.serve("mart.a"),
        t -> t.onSchemaChange(WriteDef.OnSchemaChange.SYNC));
  }

  @Test
  void staysTheSameWithAnotherPolicyForChangesOfTheSource() {
    TableBuilder ignoring = source().fromCsv("a.csv", csv -> csv.onChange(OnChange.IGNORE));
    assertThat(hash(ignoring)).isEqualTo(hash(source()));
  }

  @Test
  void staysTheSameWithLimitsBeyondWhichAFileFails() {
    TableBuilder limited =
        source().fromCsv("a.csv", csv -> csv.maxColumns(9).maxCharsPerColumn(99));
    assertThat(hash(limited)).isEqualTo(hash(source()));
  }

  @Test
  void staysTheSameWithAnotherLookback() {
    assertThat(hash(days().lookback(3))).isEqualTo(hash(days()));
  }

  @ParameterizedTest
  @MethodSource
  void changesWithTheContent(UnaryOperator<TableBuilder> change) {
    assertThat(hash(change.apply(source()))).isNotEqualTo(hash(source()));
  }

  static Stream<UnaryOperator<TableBuilder>> changesWithTheContent() {
    return Stream.of(
        t -> t.fromCsv("b.csv"),
        t -> t.fromCsv("a.csv", csv -> csv.delimiter(";")),
        t -> t.fromCsv("a.csv", csv -> csv.nullValues("NA")),
        t -> t.fromCsv("a.csv", csv -> csv.withoutHeader()),
        t -> t.fromCsv("a.csv", csv -> csv.quote("'")),
        t -> t.fromCsv("a.csv", csv -> csv.escape("'")),
        t -> t.fromCsv("a.csv", csv -> csv.comment("'")),
        t -> t.fromCsv("a.csv", csv -> csv.skipLines(1)),
        t -> t.fromCsv("a.csv", csv -> csv.encoding("UTF-16")),
        t -> t.fromCsv("a.csv", csv -> csv.ignoreLeadingWhiteSpace()),
        t -> t.fromCsv("a.csv", csv -> csv.ignoreTrailingWhiteSpace()),
        t -> t.fromCsv("a.csv", csv -> csv.emptyValue("")),
        t -> t.fromCsv("a.csv", csv -> csv.lineSep("\r")),
        t -> t.fromFiles("a.csv", FileFormat.JSON),
        t -> t.column("c", "int"),
        t -> t.column("c", "int", c -> c.required()),
        t -> t.column("c", "int", c -> c.expr("id + 1")),
        t -> t.column("c", "long"),
        t -> t.column("c", "long", c -> c.format("#.##0")),
        t -> t.column("c", "long", c -> c.from("C d")),
        t -> t.column("c", "timestamp", c -> c.zone("Europe/Berlin")),
        t -> t.column("c", "decimal(9,2)"),
        t -> t.column("c", "decimal(9,2)", c -> c.rounding(Rounding.HALF_UP)),
        t -> t.column("c", "long", c -> c.otherwise("1")),
        t -> t.column("c", "long", c -> c.rejectUnless(CheckBuilder.in("1"))),
        t -> t.column("c", "string", c -> c.rejectUnless(CheckBuilder.length(1, 2))),
        t -> t.column("c", "string", c -> c.pii(Pii.HASH)),
        t -> t.column("c", "string", c -> c.pii(Pii.DROP)),
        t -> t.key("id").rejectDuplicates(),
        t -> t.key("id"),
        t -> t.partitionBy("id"),
        t -> t.metadata(m -> m.runId("_afp_run_id")),
        t -> t.metadata(m -> m.runId("run")),
        t -> t.metadata(m -> m.source("run")),
        t -> t.column("run", "string"),
        t -> t.append(),
        t -> t.appendIntervals("day"));
  }

  @Test
  void differsForEveryChange() {
    assertThat(changesWithTheContent().map(change -> hash(change.apply(source()))))
        .doesNotHaveDuplicates();
  }

  @Test
  void changesWithTheQuery() {
    assertThat(hash(model("select id, name as label from raw.b"))).isNotEqualTo(hash(model(SQL)));
  }

  @Test
  void changesWithTheClass() {
    TableBuilder first = TableDef.named("core.a").model(String.class).column("id", "long");
    TableBuilder other = TableDef.named("core.a").model(Integer.class).column("id", "long");
    TableBuilder query = TableDef.named("core.a").sql("java.lang.String").column("id", "long");
    TableBuilder program = TableDef.named("core.a").inJava().column("id", "long");
    assertThat(Stream.of(first, other, query, program).map(DefinitionHashTest::hash))
        .doesNotHaveDuplicates();
  }

  @Test
  void changesWithTheIntervalOfThePipeline() {
    TableDef table = source().build();
    IntervalDef utc = new IntervalDef(IntervalUnit.MONTH, ZoneOffset.UTC);
    IntervalDef berlin = new IntervalDef(IntervalUnit.MONTH, ZoneId.of("Europe/Berlin"));
    assertThat(DefinitionHash.of(table, Optional.of(utc)))
        .isNotEqualTo(DefinitionHash.of(table, Optional.of(berlin)))
        .isNotEqualTo(DefinitionHash.of(table));
  }

  private static String hash(TableBuilder table) {
    return DefinitionHash.of(table.build());
  }

  private static TableBuilder model(String sql) {
    return TableDef.named("core.a").sql(sql).column("id", "long").column("label", "string");
  }

  private static TableBuilder days() {
    return source().partitionBy("day").replaceIntervals("day");
  }

  private static TableBuilder source() {
    return TableDef.named("core.a").fromCsv("a.csv").column("id", "long").column("day", "date");
  }
}
