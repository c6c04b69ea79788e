package io.afp.quality;

import static io.afp.core.definition.CheckBuilder.between;
import static io.afp.core.definition.CheckBuilder.fresh;
import static io.afp.core.definition.CheckBuilder.in;
import static io.afp.core.definition.CheckBuilder.key;
import static io.afp.core.definition.CheckBuilder.length;
import static io.afp.core.definition.CheckBuilder.lengthFrom;
import static io.afp.core.definition.CheckBuilder.matches;
import static io.afp.core.definition.CheckBuilder.references;
import static io.afp.core.definition.CheckBuilder.required;
import static io.afp.core.definition.CheckBuilder.rowsBetween;
import static io.afp.core.definition.CheckBuilder.rowsFrom;
import static io.afp.core.definition.CheckBuilder.rule;
import static io.afp.core.definition.CheckBuilder.sql;
import static io.afp.quality.QualityFixture.table;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.ColumnBuilder;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.lake.Quarantine;
import io.afp.core.ledger.Sample;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.Frequencies;
import io.afp.core.spi.Check;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LakeExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesTest {

  private QualityFixture quality;

  @BeforeAll
  void open(TestLake lake) {
    quality = new QualityFixture(lake);
    quality
        .session()
        .sql("create table core.plane as select * from values ('A'), ('B'), (null) t(tail)");
  }

  @Test
  void requiredJudgesEveryRow() {
    TableDef table = table(t -> t.column("id", "int", ColumnBuilder::required));
    assertThat(summary(table, "select * from values (1), (null), (3) t(id)"))
        .isEqualTo("FAILED 1/3 write [id=null]");
  }

  @Test
  void betweenIncludesItsBoundsAndSkipsNull() {
    TableDef table = table(t -> t.column("id", "int", c -> c.check(between("1", "3"))));
    assertThat(summary(table, "select * from values (0), (1), (3), (4), (null) t(id)"))
        .isEqualTo("FAILED 2/4 write [id=0, id=4]");
  }

  @Test
  void betweenCanBeOpenOnASide() {
    TableDef from =
        table(t -> t.column("day", "date", c -> c.check(CheckBuilder.from("2024-01-02"))));
    String days = "select explode(sequence(date'2024-01-01', date'2024-01-03')) day";
    assertThat(summary(from, days)).isEqualTo("FAILED 1/3 write [day=2024-01-01]");
    TableDef upTo =
        table(t -> t.column("day", "date", c -> c.check(CheckBuilder.upTo("2024-01-02"))));
    assertThat(summary(upTo, days)).isEqualTo("FAILED 1/3 write [day=2024-01-03]");
  }

  @Test
  void inComparesTextsExactly() {
    TableDef table = table(t -> t.column("name", "string", c -> c.check(in("it's", "a\\b", ""))));
    assertThat(
            summary(
                table,
                "select * from values ('it\\'s'), ('a\\\\b'), (''), ('A\\\\b'), (null) t(name)"))
        .isEqualTo("FAILED 1/4 write [name=A\\b]");
  }

  @Test
  void inComparesDecimalsByValue() {
    TableDef table = table(t -> t.column("price", "decimal(10,2)", c -> c.check(in("1.5", "2"))));
    assertThat(
            summary(
                table,
                "select cast(p as decimal(10,2)) price from values (1.50), (2), (2.01) t(p)"))
        .isEqualTo("FAILED 1/3 write [price=2.01]");
  }

  @Test
  void matchesJudgesTheWholeText() {
    TableDef table = table(t -> t.column("tail", "string", c -> c.check(matches("N\\d+|'\\\\"))));
    assertThat(
            summary(
                table,
                "select * from values ('N12'), ('xN12'), ('N12\\n'), ('N'), ('\\'\\\\'), (''), (null)"
                    + " t(tail)"))
        .as("a part of the text is not enough, and a line end is a part of it")
        .isEqualTo("FAILED 4/6 write [tail=, tail=N, tail=N12\n, tail=xN12]");
  }

  @Test
  void lengthCountsCharactersAndNotBytes() {
    TableDef table = table(t -> t.column("name", "string", c -> c.check(length(1, 2))));
    assertThat(
            summary(
                table,
                "select * from values ('é€'), ('\ud83d\ude00\ud83d\ude00'), (''), ('abc'), (null) t(name)"))
        .isEqualTo("FAILED 2/4 write [name=, name=abc]");
    TableDef open = table(t -> t.column("name", "string", c -> c.check(lengthFrom(2))));
    assertThat(summary(open, "select * from values ('a'), ('ab') t(name)"))
        .isEqualTo("FAILED 1/2 write [name=a]");
  }

  @Test
  void requiredCanBeAskedOfSomeRowsOnly() {
    TableDef table =
        table(
            t ->
                t.column("arrived", "int", c -> c.check(required().where("not cancelled")))
                    .column("cancelled", "boolean"));
    assertThat(
            summary(
                table,
                "select * from values (1, false), (null, true), (null, false), (null, null) t(arrived,"
                    + " cancelled)"))
        .as("a condition that is null is not true")
        .isEqualTo("FAILED 1/2 write [arrived=null, cancelled=false]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in|FAILED 1/2 write [id=7, kind=a]",
        "between|FAILED 1/2 write [id=7, kind=a]",
        "sql|FAILED 1/2 write [id=7, kind=a]",
        "key|FAILED 2/2 scan [kind=a, count(*)=2]",
        "references|FAILED 1/2 scan [id=7, count(*)=1]",
        "rows|FAILED 0/2 write []",
      })
  void onlyRowsOfTheConditionAreJudged(String rule, String verdict) {
    quality.session().sql("create table if not exists core.ids as select 1 id");
    CheckBuilder check =
        switch (rule) {
          case "in" -> in("1");
          case "between" -> CheckBuilder.upTo("1");
          case "references" -> references("core.ids.id");
          case "sql" -> sql("id = 1");
          case "key" -> key("kind");
          default -> rowsFrom(3);
        };
    boolean ofColumn = List.of("in", "between", "references").contains(rule);
    check.where("kind = 'a' -- those that count");
    TableDef table =
        table(
            t ->
                ofColumn
                    ? t.column("id", "int", c -> c.check(check)).column("kind", "string")
                    : t.column("id", "int").column("kind", "string").check(check));
    assertThat(
            summary(
                table,
                "select * from values (1, 'a'), (7, 'a'), (8, 'b'), (8, 'b'), (9, null) t(id, kind)"))
        .isEqualTo(verdict);
  }

  @Test
  void aKeyIsBrokenByEveryRowOfAGroupAndByNull() {
    TableDef table = table(t -> t.column("a", "int").column("b", "string").key("a", "b"));
    assertThat(
            summary(
                table,
                "select * from values (1, 'x'), (1, 'x'), (1, 'y'), (2, null), (null, null) t(a, b)"))
        .startsWith("FAILED 4/5 scan [")
        .contains("a=1, b=x, count(*)=2", "a=2, b=null, count(*)=1", "a=null, b=null, count(*)=1");
  }

  @Test
  void aReferenceMustBeFoundUnlessItIsNull() {
    TableDef table =
        table(t -> t.column("tail", "string", c -> c.check(references("core.plane.tail"))));
    assertThat(
            summary(
                table, "select * from values ('A'), ('A'), ('B'), ('X'), ('X'), (null) t(tail)"))
        .as("null is no value to refer to, and none to be found")
        .isEqualTo("FAILED 2/5 scan [tail=X, count(*)=2]");
    assertThat(quality.read()).containsExactly(TableName.parse("core.plane"));
  }

  @Test
  void aPredicateJudgesWhereItIsNotNull() {
    TableDef table =
        table(t -> t.column("a", "int").column("b", "int").check(sql("a < b or a = 7")));
    assertThat(summary(table, "select * from values (1, 2), (2, 1), (1, null), (7, null) t(a, b)"))
        .isEqualTo("FAILED 1/3 write [a=2, b=1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // the end of the interval is 1 February in Berlin, which is 23:00 of the day before in UTC
        "date|P1D|2024-01-31|PASSED|2024-01-31",
        "date|P1D|2024-01-30|FAILED|2024-01-30",
        "date|P0D|2024-02-01|PASSED|2024-02-01",
        "date|P1M|2024-01-01|PASSED|2024-01-01",
        "date|P1DT6H|2024-01-30|FAILED|2024-01-30",
        "date|P1DT6H|2024-01-31|PASSED|2024-01-31",
        "timestamp|PT1H|2024-01-31 22:00:00|PASSED|2024-01-31T22:00Z",
        "timestamp|PT1H|2024-01-31 21:59:59.999999|FAILED|2024-01-31T21:59:59.999999Z",
        "timestamp_ntz|PT1H|2024-01-31 23:00:00|PASSED|2024-01-31T23:00",
        "timestamp_ntz|PT1H|2024-01-31 22:59:59|FAILED|2024-01-31T22:59:59",
      })
  void freshMeasuresTheAgeOfTheNewestValueAtTheEndOfTheInterval(
      String type, String within, String newest, Verdict.Status status, String shown) {
    TableDef table = table(t -> t.column("at", type, c -> c.check(fresh(within))));
    String rows =
        "select cast(v as %s) at from values ('2013-05-01'), ('%s'), (null) t(v)"
            .formatted(type, newest);
    Verdict verdict = quality.verdict(table, rows);
    assertThat(verdict.status()).as(verdict.message()).isEqualTo(status);
    assertThat(verdict.message()).startsWith("the newest value is " + shown + "; ");
    assertThat(
            List.of(
                verdict.rowsJudged(), verdict.rowsFailed(), verdict.origin(), verdict.samples()))
        .isEqualTo(List.of(2L, 0L, "write", List.of()));
  }

  @Test
  void freshIsJudgedOnTheRowsOfItsConditionAndNeverWithoutAValue() {
    TableDef table =
        table(
            t ->
                t.column("day", "date", c -> c.check(fresh("P3D").where("id = 1").warn()))
                    .column("id", "int"));
    Verdict old =
        quality.verdict(
            table, "select * from values (date'2024-01-28', 1), (date'2024-01-31', 2) t(day, id)");
    assertThat(old.status()).isEqualTo(Verdict.Status.WARNED);
    assertThat(old.message())
        .isEqualTo(
            "the newest value where `id = 1` is 2024-01-28; 2024-01-29 or later is fresh, that is P3D"
                + " before 2024-02-01");
    Verdict none = quality.verdict(table, "select date'2024-01-31' day, 2 id");
    assertThat(none.status()).isEqualTo(Verdict.Status.WARNED);
    assertThat(none.message()).contains(" is missing; ");
  }

  @Test
  void rowsCountsWhatIsWritten() {
    assertThat(
            summary(
                table(t -> t.column("id", "long").check(rowsBetween(2, 3))),
                "select id from range(3)"))
        .isEqualTo("PASSED 0/3 metadata []");
    assertThat(
            summary(
                table(t -> t.column("id", "long").check(rowsBetween(2, 3))),
                "select id from range(4)"))
        .isEqualTo("FAILED 0/4 metadata []");
  }

  @Test
  void noRowsBreakNoRuleButANumberOfRows() {
    TableDef table =
        table(
            t ->
                t.column("id", "int", c -> c.required().check(between("1", "3")).check(in("1")))
                    .column("tail", "string", c -> c.check(references("core.plane.tail")))
                    .key("id")
                    .check(sql("id > 0"))
                    .check(rowsFrom(1)));
    quality.anew().write(table, "select 1 id, 'A' tail where false");
    assertThat(quality.judge(table))
        .extracting(v -> v.check().rule().keyword() + " " + v.status())
        .containsExactlyInAnyOrder(
            "required SKIPPED",
            "between SKIPPED",
            "in SKIPPED",
            "references SKIPPED",
            "key SKIPPED",
            "rows FAILED",
            "sql SKIPPED");
  }

  @Test
  void rulesAboutValuesAreMeasuredInTheWriteTogether() {
    TableDef table =
        table(
            t ->
                t.column("id", "int", RulesTest::checksOfId)
                    .column("text", "string", RulesTest::checksOfText));
    quality
        .anew()
        .write(
            table,
            """
            select * from values (0, 'ada@example.org'), (1, '12'), (2, '28.02.2013'),
              (3, '29.02.2013'), (4, '{"a": 1}'), (null, null) t(id, text)
            """);
    assertThat(outcomes(table))
        .containsExactlyInAnyOrder(
            "not_in FAILED 2/5 write",
            "above FAILED 1/5 write",
            "below FAILED 1/5 write",
            "is_null FAILED 5/6 write",
            "like FAILED 3/5 write",
            "not_like FAILED 1/5 write",
            "matches_any FAILED 2/5 write",
            "not_matches FAILED 1/5 write",
            "email FAILED 4/5 write",
            "json FAILED 3/5 write",
            "schema FAILED 4/5 write",
            "int FAILED 4/5 write",
            "day FAILED 4/5 write");
  }

  private static ColumnBuilder checksOfId(ColumnBuilder c) {
    return c.check(rule("not_in", List.of("0", "4")).named("not_in"))
        .check(rule("above", "0").named("above"))
        .check(rule("below", "4").named("below"))
        .check(rule("is_null", true).named("is_null"));
  }

  private static ColumnBuilder checksOfText(ColumnBuilder c) {
    return c.check(rule("like", List.of("%@%", "1_")).named("like"))
        .check(rule("not_like", "%@%").named("not_like"))
        .check(rule("matches_any", List.of("\\d+", "\\d\\d\\..*")).named("matches_any"))
        .check(rule("not_matches", List.of("\\d+")).named("not_matches"))
        .check(rule("format", "email").named("email"))
        .check(rule("format", "json").named("json"))
        .check(rule("json_schema", "{\"required\": [\"a\"], \"type\": \"object\"}").named("schema"))
        .check(rule("parses_as", "int").named("int"))
        .check(rule("parses_as", Map.of("type", "date", "format", "dd.MM.yyyy")).named("day"));
  }

  @Test
  void rulesAboutSeveralColumnsJudgeRows() {
    TableDef table =
        table(
            t ->
                t.column("a", "int")
                    .column("b", "int")
                    .column("c", "int")
                    .column("k", "string")
                    .check(rule("equal", List.of("a", "b")))
                    .check(rule("different", List.of("a", "b", "c")))
                    .check(rule("ordered", List.of("a", "b", "c")))
                    .check(rule("increasing", List.of("a", "b", "c")))
                    .check(rule("any_given", List.of("a", "c")))
                    .check(
                        rule(
                            "combination",
                            Map.of(
                                "of", List.of("k", "a"),
                                "in", List.of(List.of("x", "1"), List.of("y", "2")))))
                    .check(
                        rule("row_sum", Map.of("of", List.of("a", "b"), "equals", "c"))
                            .named("row_sum"))
                    .check(
                        rule("row_sum", Map.of("of", List.of("a", "b"), "between", List.of(0, 3)))
                            .named("within")));
    quality
        .anew()
        .write(
            table,
            """
            select * from values (1, 1, 2, 'x'), (2, 1, 3, 'x'), (1, 2, 3, 'y'), (null, 4, 4, 'y'),
              (null, null, null, null) t(a, b, c, k)
            """);
    assertThat(outcomes(table))
        .containsExactlyInAnyOrder(
            "core.t.equal FAILED 3/4 write",
            "core.t.different FAILED 2/4 write",
            "core.t.ordered FAILED 1/3 write",
            "core.t.increasing FAILED 2/3 write",
            "core.t.any_given FAILED 1/5 write",
            "core.t.combination FAILED 2/3 write",
            "row_sum PASSED 0/4 write",
            "within FAILED 1/4 write");
    assertThat(samples(table, "core.t.ordered")).containsExactly("a=2, b=1, c=3");
  }

  @Test
  void rulesAboutOneNumberJudgeAllValuesTogether() {
    TableDef table =
        table(
            t ->
                t.column("n", "decimal(10,2)", RulesTest::checksOfNumber)
                    .column("day", "date", RulesTest::checksOfDay)
                    .column("k", "string", RulesTest::checksOfSet));
    quality
        .anew()
        .write(
            table,
            """
            select cast(n as decimal(10,2)) n, date_add(date'2024-01-01', n) day, k
              from values (1, 'a'), (2, 'a'), (3, 'b'), (4, 'c'), (null, null) t(n, k)
            """);
    List<Verdict> verdicts = quality.judge(table);
    assertThat(verdicts)
        .extracting(v -> v.check().name() + " " + v.status() + " " + v.origin())
        .containsExactlyInAnyOrder(
            "core.t.n.min PASSED write",
            "core.t.n.max FAILED write",
            "core.t.n.mean WARNED write",
            "core.t.n.sum PASSED write",
            "core.t.n.stddev FAILED write",
            "core.t.n.median PASSED write",
            "core.t.n.quantile FAILED write",
            "core.t.n.distinct PASSED write",
            "core.t.n.distinct_share PASSED scan",
            "many FAILED scan",
            "core.t.day.min PASSED write",
            "core.t.day.max FAILED write",
            "core.t.k.distinct_equals FAILED write",
            "core.t.k.distinct_contains PASSED write",
            "core.t.k.distinct_within FAILED write",
            "core.t.k.unique FAILED scan");
    assertThat(verdicts)
        .extracting(Verdict::message)
        .contains(
            "the largest value is 4.00, allowed is any to 3.99",
            "the mean is 2.5, allowed is 2.6 to 9",
            "the standard deviation is 1.29099444874, allowed is 0 to 1",
            "the quantile of 75 % is 3, allowed is any to 2",
            "the number of different values is 4, allowed is 2000 to any",
            "the largest value is 2024-01-05, allowed is any to 2024-01-04",
            "of [a, b], all are there, 1 row has another value",
            "of [b, z], [z] are missing, 3 rows have another value");
  }

  private static ColumnBuilder checksOfNumber(ColumnBuilder c) {
    List<Object> warn = List.of("2.6", "9");
    return c.check(rule("min", List.of("1", Optional.empty())))
        .check(rule("max", List.of(Optional.empty(), "3.99")))
        .check(rule("mean", Map.of("warn", warn, "error", List.of("2", "10"))))
        .check(rule("sum", List.of("10")))
        .check(rule("stddev", List.of("0", "1")))
        .check(rule("median", List.of("2", "3")))
        .check(rule("quantile", Map.of("of", "75%", "between", List.of(Optional.empty(), "2"))))
        .check(rule("distinct", List.of("4")))
        .check(rule("distinct_share", List.of("100%")))
        .check(rule("distinct", List.of("2000", Optional.empty())).named("many"));
  }

  private static ColumnBuilder checksOfDay(ColumnBuilder c) {
    return c.check(rule("min", List.of("2024-01-02", Optional.empty())))
        .check(rule("max", List.of(Optional.empty(), "2024-01-04")));
  }

  private static ColumnBuilder checksOfSet(ColumnBuilder c) {
    return c.check(rule("distinct_equals", List.of("a", "b")))
        .check(rule("distinct_contains", List.of("a", "c")))
        .check(rule("distinct_within", List.of("b", "z")))
        .check(rule("unique", true));
  }

  @Test
  void oneOtherValueIsFoundAmongAsManyAsMayBeListed() {
    List<String> listed = IntStream.range(0, 999).mapToObj(Integer::toString).toList();
    TableDef table =
        table(t -> t.column("n", "long", c -> c.check(rule("distinct_within", listed))));
    assertThat(summary(table, "select id n from range(1000)")).isEqualTo("FAILED 1/1000 write []");
    assertThatThrownBy(
            () ->
                table(
                    t ->
                        t.column(
                            "n",
                            "long",
                            c -> c.check(rule("distinct_within", plus(listed, "999"))))))
        .hasMessageContaining("it has no value, or too many");
  }

  private static List<String> plus(List<String> values, String more) {
    return Stream.concat(values.stream(), Stream.of(more)).toList();
  }

  @Test
  void theFormOfADistributionIsTold() {
    String rows = "select * from values (1), (2), (3), (10), (null) t(n)";
    assertThat(
            forms("decimal(10,2)", rows.replace("select *", "select cast(n as decimal(10,2)) n")))
        .containsExactly(
            "PASSED write the variance is 16.6666666667, allowed is 0 to any",
            "PASSED write the skewness is 1.01823376491, allowed is 0 to any",
            "FAILED write the kurtosis is -0.7696, allowed is 0 to any",
            "PASSED write the range is 9, allowed is 0 to any",
            "PASSED write the interquartile range is 2, allowed is 0 to any",
            "PASSED write the entropy is 1.38629436112, allowed is 0 to any");
    assertThat(forms("double", "select * from values (7d), (7d), (null) t(n)"))
        .as("what has no spread has no form")
        .containsExactly(
            "PASSED write the variance is 0, allowed is 0 to any",
            "SKIPPED write the skewness is missing, allowed is 0 to any",
            "SKIPPED write the kurtosis is missing, allowed is 0 to any",
            "PASSED write the range is 0, allowed is 0 to any",
            "PASSED write the interquartile range is 0, allowed is 0 to any",
            "PASSED write the entropy is 0, allowed is 0 to any");
    assertThat(forms("double", "select * from values (double('NaN')), (1d) t(n)"))
        .startsWith("FAILED write the variance is NaN, allowed is 0 to any")
        .contains("FAILED write the range is NaN, allowed is 0 to any")
        .endsWith("PASSED write the entropy is 0.69314718056, allowed is 0 to any");
    assertThat(forms("int", "select 1 n where false")).allMatch(line -> line.startsWith("SKIPPED"));
    assertThat(forms("long", "select id n from range(1001)"))
        .endsWith(
            "BROKEN none it can't be evaluated: the column has more than 1000 different values, which"
                + " are too many to be compared");
  }

  private List<String> forms(String type, String rows) {
    List<String> rules =
        List.of("variance", "skewness", "kurtosis", "range", "interquartile_range", "entropy");
    TableDef table =
        table(
            t ->
                t.column(
                    "n",
                    type,
                    c -> {
                      rules.forEach(each -> c.check(rule(each, List.of(0, Optional.empty()))));
                      return c;
                    }));
    quality.anew().write(table, rows);
    return quality.judge(table).stream()
        .map(v -> v.status() + " " + v.origin() + " " + v.message())
        .toList();
  }

  @Test
  void theDeviationOfOneNumberIsSkipped() {
    TableDef table = table(t -> t.column("n", "int", c -> c.check(rule("stddev", List.of(0, 1)))));
    assertThat(summary(table, "select 7 n")).isEqualTo("SKIPPED 0/1 write []");
    assertThat(summary(table, "select 7 n where false")).isEqualTo("SKIPPED 0/0 write []");
  }

  @Test
  void theMostCommonValueIsCountedInTheWrite() {
    TableDef table =
        table(
            t ->
                t.column(
                        "k",
                        "string",
                        c ->
                            c.check(rule("most_common", Map.of("in", List.of("a"))).named("a"))
                                .check(
                                    rule("most_common", Map.of("in", List.of("a", "b")))
                                        .named("both"))
                                .check(
                                    rule(
                                            "most_common",
                                            Map.of("share", List.of(Optional.empty(), "30%")))
                                        .named("rare")))
                    .column(
                        "x",
                        "double",
                        c ->
                            c.check(
                                    rule(
                                        "most_common",
                                        Map.of("in", List.of("0"), "share", List.of("60%"))))
                                .check(
                                    rule("most_common", Map.of("in", List.of("7")))
                                        .named("nan")
                                        .where("isnan(x)"))));
    quality
        .anew()
        .write(
            table,
            """
            select * from values ('a', 0d), ('a', -0d), ('b', double('NaN')), ('b', 0d), ('c', 1d),
              (null, null) t(k, x)
            """);
    assertThat(quality.judge(table))
        .extracting(v -> v.status() + " " + v.origin() + " " + v.message())
        .containsExactly(
            "FAILED write the most common values are a, b, in 2 of 5 rows, that is 40 %; allowed are [a]",
            "PASSED write the most common values are a, b, in 2 of 5 rows, that is 40 %; allowed are [a, b]",
            "FAILED write the most common values are a, b, in 2 of 5 rows, that is 40 %; allowed is a share"
                + " of any to 0.3",
            "PASSED write the most common value is 0, in 3 of 5 rows, that is 60 %; allowed are [0];"
                + " allowed is a share of 0.6",
            "FAILED write the most common value where `isnan(x)` is NaN, in 1 of 1 row, that is 100 %;"
                + " allowed are [7]");
    quality.anew().write(table, "select 'a' k, 1d x where false");
    assertThat(quality.judge(table))
        .extracting(Verdict::status)
        .containsOnly(Verdict.Status.SKIPPED);
  }

  @Test
  void theMostCommonOfVeryManyValuesIsCountedByAQuery() {
    TableDef table =
        table(
            t ->
                t.column("n", "long", c -> c.check(rule("most_common", Map.of("in", List.of(7))))));
    String many = "select if(id > 1998, 7, id) n from range(2001)";
    assertThat(quality.verdict(table, many).message())
        .isEqualTo(
            "the most common value is 7, in 3 of 2,001 rows, that is 0.1499 %; allowed are [7]");
    assertThat(summary(table, many)).isEqualTo("PASSED 0/2001 scan []");
    assertThat(summary(table, "select id n from range(2001)"))
        .as("each is as common as 7")
        .isEqualTo("FAILED 0/2001 scan []");
  }

  @Test
  void oneQueryCountsTheMostCommonForBothThresholds() throws Exception {
    Map<String, Object> share =
        Map.of("warn", List.of("1%", Optional.empty()), "error", List.of("0.1%", Optional.empty()));
    TableDef table =
        table(
            t -> t.column("n", "long", c -> c.check(rule("most_common", Map.of("share", share)))));
    quality.anew().write(table, "select if(id > 1998, 7, id) n from range(2001)");
    Work work =
        Work.of(
            quality.session(),
            () ->
                assertThat(quality.judge(table).get(0).status()).isEqualTo(Verdict.Status.WARNED));
    assertThat(work.rowsRead()).isEqualTo(2001);

    quality.session().sql("delete from core.t");
    assertThat(quality.judge(table).get(0))
        .returns(Verdict.Status.BROKEN, Verdict::status)
        .returns(
            "it can't be evaluated: the rows that were measured are not there any more",
            Verdict::message);
    quality.session().sql("drop table core.t");
    quality.session().sql("create table core.t as select 'x' other");
    assertThat(quality.judge(table).get(0).status())
        .as("a query that is wrong does not stop the judge")
        .isEqualTo(Verdict.Status.BROKEN);
  }

  @Test
  void aDistributionIsComparedWithWhatIsDeclared() {
    TableDef table =
        table(
            t ->
                t.column(
                        "k",
                        "string",
                        c ->
                            c.check(
                                rule(
                                    "total_variation",
                                    Map.of(
                                        "of", shares("a", "50%", "b", "30%"), "at_most", "10%"))))
                    .column(
                        "x",
                        "double",
                        c ->
                            c.check(
                                    rule(
                                        "kolmogorov_smirnov",
                                        Map.of(
                                            "of",
                                            shares("1", "25%", "2.5", "50%"),
                                            "at_most",
                                            "5%")))
                                .check(
                                    rule(
                                            "kolmogorov_smirnov",
                                            Map.of(
                                                "of", shares("1", "60%"),
                                                "at_most", Map.of("warn", "20%", "error", "50%")))
                                        .named("two"))));
    quality
        .anew()
        .write(
            table,
            """
            select * from values ('a', 1d), ('a', 2.5d), ('b', 3d), ('c', double('NaN')), (null, null)
              t(k, x)
            """);
    assertThat(quality.judge(table))
        .extracting(v -> v.status() + " " + v.origin() + " " + v.message())
        .containsExactly(
            "PASSED write the total variation distance is 5 % of 4 rows, allowed is 10 %",
            "PASSED write the kolmogorov smirnov distance is 0 % of 4 rows, allowed is 5 %",
            "WARNED write the kolmogorov smirnov distance is 35 % of 4 rows, allowed is 20 %");
    assertThat(((Frequencies) quality.metrics().get("core.t.k.total_variation").state()).counts())
        .as("no value is kept")
        .isEqualTo(Map.of("0", 2L, "1", 1L, "others", 1L));
    assertThat(quality.judgeByScan(table))
        .extracting(Verdict::message)
        .contains("the total variation distance is 5 % of 4 rows, allowed is 10 %");
    quality.anew().write(table, "select 'a' k, 1d x where false");
    assertThat(quality.judge(table))
        .extracting(Verdict::status)
        .containsOnly(Verdict.Status.SKIPPED);
  }

  @Test
  void divergencesAndChanceAreToldByTheSameCounts() {
    UnaryOperator<ColumnBuilder> ofTexts =
        c -> {
          Map<String, String> of = shares("a", "50%", "b", "30%");
          return c.check(rule("population_stability_index", Map.of("of", of, "at_most", "0.2")))
              .check(rule("kullback_leibler", Map.of("of", of, "at_most", "0.3")))
              .check(rule("chi_square", Map.of("of", of, "p_at_least", "1%")));
        };
    UnaryOperator<ColumnBuilder> ofNumbers =
        c -> {
          Map<String, String> upTo = shares("0", "60%", "1", "100%");
          Map<String, Object> levels = Map.of("warn", "50%", "error", "0.1%");
          return c.check(rule("population_stability_index", Map.of("up_to", upTo, "at_most", "0")))
              .check(rule("chi_square", Map.of("up_to", upTo, "p_at_least", levels)));
        };
    TableDef table =
        table(t -> t.column("k", "string", ofTexts::apply).column("x", "double", ofNumbers::apply));
    String rows =
        "select if(id < 60, 'a', if(id < 100, 'b', null)) k, if(id < 60, 0d, if(id < %d, 1d, %s)) x"
            + " from range(101)";
    quality.anew().write(table, rows.formatted(100, "null"));
    assertThat(quality.judge(table))
        .extracting(v -> v.status() + " " + v.origin() + " " + v.message())
        .containsExactly(
            "FAILED write the population stability index is 0.7775 of 100 rows, allowed is 0.2",
            "PASSED write the kullback leibler divergence is 0.2026 of 100 rows, allowed is 0.3",
            "FAILED write the p-value of chi square is 0.0003 % of 100 rows, 1 % or more is allowed",
            "PASSED write the population stability index is 0 of 100 rows, allowed is 0",
            "PASSED write the p-value of chi square is 100 % of 100 rows, 0.1 % or more is allowed");
    quality.anew().write(table, rows.formatted(100, "double('NaN')"));
    assertThat(quality.judge(table))
        .extracting(Verdict::message)
        .as("NaN is above every number, and none was to be there")
        .endsWith("the p-value of chi square is 0 % of 101 rows, 0.1 % or more is allowed");
    quality.anew().write(table, "select 'a' k, 1d x where false");
    assertThat(quality.judge(table))
        .extracting(Verdict::status)
        .containsOnly(Verdict.Status.SKIPPED);
  }

  @Test
  void aDeclaredNumberIsComparedAlsoWhereTheTypeOfTheColumnHasNoRoomForIt() {
    Map<String, String> digits = shares("-1e40", "0%", "0.5", "60%", "1.75", "80%", "1e40", "100%");
    Map<String, String> whole = shares("-0.5", "0%", "0.5", "60%", "1e10", "100%");
    TableDef table =
        table(
            t ->
                t.column(
                        "n",
                        "decimal(38,0)",
                        c ->
                            c.check(
                                rule("kolmogorov_smirnov", Map.of("of", digits, "at_most", "0%"))))
                    .column(
                        "i",
                        "int",
                        c ->
                            c.check(
                                rule("kolmogorov_smirnov", Map.of("of", whole, "at_most", "0%")))));
    quality
        .anew()
        .write(
            table,
            "select cast(repeat(x, 38) as decimal(38,0)) n, int(x) i from values"
                + " ('0'), ('0'), ('0'), ('9'), ('9') t(x)"
                + " union all select null, null");
    assertThat(quality.judge(table))
        .extracting(v -> v.status() + " " + v.message())
        .containsExactly(
            "FAILED the kolmogorov smirnov distance is 20 % of 5 rows, allowed is 0 %",
            "PASSED the kolmogorov smirnov distance is 0 % of 5 rows, allowed is 0 %");
  }

  @Test
  void numbersAreComparedWithTenPartsOfThoseBefore() {
    UnaryOperator<ColumnBuilder> like =
        c ->
            c.check(rule("population_stability_index", Map.of("at_most", "0.1")))
                .check(rule("chi_square", Map.of("p_at_least", "1%")));
    TableDef table =
        table(t -> t.column("n", "double", like::apply).column("k", "string", like::apply));
    String same = "select double(id) n, string(id % 2) k from range(1000)";
    quality.anew().write(table, same);
    assertThat(quality.judge(table))
        .extracting(Verdict::status)
        .containsOnly(Verdict.Status.LEARNING);
    quality.asBefore().write(table, same);
    assertThat(quality.judge(table))
        .extracting(v -> v.status() + " " + v.message())
        .contains(
            "PASSED the population stability index is 0 of 1,000 rows from 1,000 rows before, allowed is"
                + " 0.1",
            "PASSED the p-value of chi square is 100 % of 1,000 rows from 1,000 rows before, 1 % or more"
                + " is allowed");
    quality.asBefore().write(table, "select id + 500d n, string(id % 3) k from range(1000)");
    assertThat(quality.judge(table))
        .extracting(Verdict::status)
        .containsOnly(Verdict.Status.FAILED);
    quality.anew().write(table, "select 7d n, 'a' k from range(100)");
    quality.asBefore().write(table, "select 6d n, cast(null as string) k from range(100)");
    assertThat(quality.judge(table))
        .extracting(Verdict::status)
        .as("a column of one number is not the same as one of another")
        .containsExactly(
            Verdict.Status.FAILED,
            Verdict.Status.FAILED,
            Verdict.Status.SKIPPED,
            Verdict.Status.SKIPPED);
  }

  @Test
  void whatTwoColumnsHaveToDoWithEachOtherIsMeasuredInTheWrite() {
    TableDef table =
        table(
            t ->
                t.column("x", "int")
                    .column("y", "decimal(5,1)")
                    .column("k", "string")
                    .column("l", "string")
                    .check(association("correlation", "x", "y", -1, "-0.5"))
                    .check(association("cramers_v", "k", "l", 0, "0.5"))
                    .check(association("cramers_v", "k", "x", 1, "1").named("own"))
                    .check(association("mutual_information", "k", "l", 0, "0.2"))
                    .check(
                        association("correlation", "x", "y", 0, "1").named("b").where("k = 'b'")));
    String rows =
        "select x, cast(y as decimal(5,1)) y, k, l from values (1, 2, 'a', 'é:'), (2, 4, 'a', 'é:'),"
            + " (3, 6.5, 'b', 'é:'), (4, 8, 'b', 'n'), (null, 9, null, 'n'), (5, null, 'b', null)"
            + " t(x, y, k, l)";
    quality.anew().write(table, rows);
    List<String> told =
        List.of(
            "FAILED the correlation of [x, y] is 0.995861, allowed is -1 to -0.5",
            "FAILED the cramers v of [k, l] is 0.577350, allowed is 0 to 0.5",
            "PASSED the cramers v of [k, x] is 1, allowed is 1",
            "FAILED the mutual information of [k, l] is 0.215761, allowed is 0 to 0.2",
            "PASSED the correlation of [x, y] where `k = 'b'` is 1, allowed is 0 to 1");
    assertThat(associations(quality.judge(table))).containsExactlyElementsOf(told);
    assertThat(quality.judge(table)).extracting(Verdict::origin).containsOnly("write");
    assertThat(associations(quality.judgeByScan(table))).containsExactlyElementsOf(told);

    quality
        .anew()
        .write(table, "select 1 x, cast(1 as decimal(5,1)) y, 'b' k, 'b' l from range(9)");
    assertThat(quality.judge(table))
        .extracting(v -> v.check().name() + " " + v.status())
        .as("what never changes has to do with nothing, and tells nothing")
        .containsExactly(
            "core.t.correlation SKIPPED",
            "core.t.cramers_v SKIPPED",
            "own SKIPPED",
            "core.t.mutual_information PASSED",
            "b SKIPPED");
    quality.anew().write(table, "select 1 x, cast(1 as decimal(5,1)) y, 'b' k, 'b' l where false");
    assertThat(quality.judge(table))
        .extracting(Verdict::status)
        .containsOnly(Verdict.Status.SKIPPED);
    quality
        .anew()
        .write(
            table,
            "select int(id) x, cast(1 as decimal(5,1)) y, string(id) k, string(id) l from range(1001)");
    assertThat(quality.judge(table).get(1).message())
        .isEqualTo(
            "it can't be evaluated: the columns have more than 1000 different pairs of values, which"
                + " are too many to be counted");
  }

  private static List<String> associations(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(v -> v.status() + " " + v.message().replaceAll("(\\.\\d{6})\\d+", "$1"))
        .toList();
  }

  private static CheckBuilder association(
      String rule, String first, String second, Object min, Object max) {
    return rule(rule, Map.of("of", List.of(first, second), "between", List.of(min, max)));
  }

  @Test
  void aCorrelationWithWhatIsNoNumberIsNone() {
    TableDef table =
        table(
            t ->
                t.column("x", "double")
                    .column("y", "double")
                    .check(association("correlation", "x", "y", -1, 1)));
    assertThat(
            quality.verdict(
                table, "select * from values (1d, 1d), (2d, double('NaN')), (3d, 3d) t(x, y)"))
        .returns(Verdict.Status.FAILED, Verdict::status)
        .returns("the correlation of [x, y] is NaN, allowed is -1 to 1", Verdict::message);
  }

  @Test
  void valuesGoOnAsTheRowsDoInAnOrder() {
    TableDef table =
        table(
            t ->
                t.column("at", "int")
                    .column(
                        "n",
                        "double",
                        c ->
                            c.check(rule("ordered", Map.of("by", "at")))
                                .check(rule("increasing", Map.of("by", "at", "in_each", "k")))
                                .check(
                                    rule("increasing", Map.of("by", List.of("at desc")))
                                        .named("falls")
                                        .where("k = 'b'")
                                        .atLeast("90%", "40%")))
                    .column("k", "string"));
    quality
        .anew()
        .write(
            table,
            """
            select * from values (2, 2d, 'a'), (1, 1d, 'a'), (3, 1.5d, 'b'), (3, 2d, 'b'), (4, 1d, 'b'),
              (5, double('NaN'), 'a'), (6, null, 'a'), (null, 0d, 'a'), (7, 5d, null) t(at, n, k)
            """);
    assertThat(quality.judge(table))
        .extracting(v -> v.status() + " " + v.message())
        .containsExactly(
            "FAILED 3 of 7 rows break ordered by [at asc], 100 % must obey, 57.1428 % do",
            "FAILED 1 of 6 rows breaks increasing by [at asc] in each [k], 100 % must obey, 83.3333 % do",
            "PASSED 0 of 3 rows where `k = 'b'` break increasing by [at desc], 40 % must obey, 100 % do");
    assertThat(samples(table, "core.t.n.increasing")).containsExactly("k=b, at=4, n=1.0");
    quality.anew().write(table, "select 1 at, 1d n, 'a' k where false");
    assertThat(quality.judge(table))
        .extracting(Verdict::status)
        .containsOnly(Verdict.Status.SKIPPED);
  }

  @Test
  void theNumbersOfADistributionAreOfTheTypeOfTheColumn() {
    TableDef table =
        table(
            t ->
                t.column("f", "float", c -> c.check(allUpTo("0.1")))
                    .column("x", "double", c -> c.check(allUpTo("1e40")))
                    .column("n", "int", c -> c.check(allUpTo("7.5"))));
    quality.anew().write(table, "select * from values (float(0.1), 1e40d, 7) t(f, x, n)");
    assertThat(quality.judge(table))
        .extracting(v -> v.status() + " " + v.message())
        .containsOnly("PASSED the kolmogorov smirnov distance is 0 % of 1 row, allowed is 0 %");
  }

  private static CheckBuilder allUpTo(String number) {
    return rule("kolmogorov_smirnov", Map.of("of", shares(number, "100%"), "at_most", "0%"));
  }

  @Test
  void aDistanceThatIsTooLargeIsSaidToBeLarger() {
    Map<String, Object> half = Map.of("of", shares("a", "44.99999%"), "at_most", "5%");
    TableDef table =
        table(t -> t.column("k", "string", c -> c.check(rule("total_variation", half))));
    assertThat(quality.verdict(table, "select * from values ('a'), ('b') t(k)"))
        .returns(Verdict.Status.FAILED, Verdict::status)
        .returns(
            "the total variation distance is 5.0001 % of 2 rows, allowed is 5 %", Verdict::message);
  }

  private static Map<String, String> shares(String... valuesAndShares) {
    Map<String, String> shares = new LinkedHashMap<>();
    for (int i = 0; i < valuesAndShares.length; i += 2) {
      shares.put(valuesAndShares[i], valuesAndShares[i + 1]);
    }
    return shares;
  }

  @Test
  void aDistributionIsComparedWithThatOfTheTableBefore() {
    TableDef table =
        table(
            t ->
                t.column(
                        "k",
                        "string",
                        c -> c.check(rule("total_variation", Map.of("at_most", "10%"))))
                    .column(
                        "n",
                        "int",
                        c -> c.check(rule("kolmogorov_smirnov", Map.of("at_most", "10%")))));
    quality
        .anew()
        .write(table, "select * from values ('a', 1), ('a', 2), ('b', 3), ('b', 4) t(k, n)");
    assertThat(quality.judge(table))
        .extracting(v -> v.status() + " " + v.message())
        .containsOnly("LEARNING how the values were distributed in the table before is not known");
    quality.asBefore().write(table, "select * from values ('a', 1), ('b', 2), ('c', 9) t(k, n)");
    assertThat(quality.judge(table))
        .extracting(v -> v.status() + " " + v.message())
        .containsExactly(
            "FAILED the total variation distance is 33.3334 % of 3 rows from 4 rows before, allowed is"
                + " 10 %",
            "FAILED the kolmogorov smirnov distance is 33.3334 % of 3 rows from 4 rows before, allowed is"
                + " 10 %");
    quality.asBefore().write(table, "select cast(id as string) k, 1 n from range(1001)");
    assertThat(quality.judge(table).get(0))
        .returns(Verdict.Status.BROKEN, Verdict::status)
        .returns(
            "it can't be evaluated: the column has more than 1000 different values, which are too many"
                + " to be compared",
            Verdict::message);
    quality.asBefore().write(table, "select 'a' k, 1 n");
    assertThat(quality.judge(table).get(0))
        .as("the table does not come to have less values")
        .returns(Verdict.Status.BROKEN, Verdict::status)
        .returns(
            "it can't be evaluated: the table had more than 1000 different values before, which are too"
                + " many to be compared",
            Verdict::message);
  }

  @Test
  void twoQueriesGiveTheSame() {
    quality.session().sql("create table if not exists core.two as select id from range(2)");
    Map<String, Object> sums = Map.of("query", "select sum(id) from core.t", "as", "select 10.0 x");
    TableDef table =
        table(
            t ->
                t.column("id", "long")
                    .column("k", "string")
                    .check(sameResult("select id from core.t", "select id from core.two", "rows"))
                    .check(
                        sameResult(
                            "select k, count(*) from core.t group by k",
                            "select * from values (null, 1), ('a', 2) v(k, n)",
                            "groups"))
                    .check(sameResult("select id, k from core.t", "select 1 id", "columns"))
                    .check(sameResult("select nothing", "select 1", "broken"))
                    .check(rule("same_result", plus(sums, "within", "9")).named("near"))
                    .check(rule("same_result", plus(sums, "within", "50%")).named("share"))
                    .check(
                        rule(
                                "same_result",
                                Map.of("query", "select 'a'", "as", "select 'a'", "within", "0"))
                            .named("text")));
    quality.anew().write(table, "select * from values (0, 'a'), (0, 'a'), (2, null) t(id, k)");
    assertThat(quality.judge(table))
        .extracting(v -> v.check().name() + " " + v.status() + " " + v.message())
        .containsExactly(
            "rows FAILED of 3 rows of the query 2 are not expected, and 1 is missing",
            "groups PASSED of 2 rows of the query 0 are not expected, and 0 are missing",
            "columns BROKEN it can't be evaluated: the queries give different columns: 2 and 1",
            "broken BROKEN " + broken(table),
            "near PASSED the query gives 2, expected is 10.0 within 9",
            "share FAILED the query gives 2, expected is 10.0 within 50 %",
            "text BROKEN it can't be evaluated: a query does not give one number");
    assertThat(quality.read()).contains(TableName.parse("core.two")).doesNotContain(table.name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9007199254740993|9007199254740992D|column 1 is bigint, expected is double",
        "1|string(1)|column 1 is int, expected is string",
        "1, cast(2 as decimal(38,0))|1, cast(2 as decimal(38,18))|column 2 is decimal(38,0), expected is"
            + " decimal(38,18)",
      })
  void rowsOfTypesThatNoneHoldsExactlyAreNotCompared(
      String given, String expected, String problem) {
    Verdict verdict = sameRows(given, expected);
    assertThat(verdict.status()).isEqualTo(Verdict.Status.BROKEN);
    assertThat(verdict.message()).isEqualTo("it can't be evaluated: " + problem);
  }

  @Test
  void rowsAreTheSameByTheirValues() {
    String given = "1S, 2L, 1.5, array(struct(1 a)), cast(null as date)";
    String expected = "1L, 2, cast(1.5 as decimal(37,2)), array(struct(1 a)), cast(null as date)";
    Verdict verdict = sameRows(given, expected);
    assertThat(verdict.status()).as(verdict.message()).isEqualTo(Verdict.Status.PASSED);
  }

  private Verdict sameRows(String given, String expected) {
    CheckBuilder same = sameResult("select " + given, "select " + expected, "same");
    return quality.verdict(table(t -> t.column("id", "int").check(same)), "select 1 id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cast(null as int)|cast(null as double)|SKIPPED 0/0 scan []",
        "cast(null as int)|1|FAILED 0/1 scan []",
        "1|cast(null as int)|FAILED 0/1 scan []",
        "double('NaN')|double('NaN')|FAILED 0/1 scan []",
        "double('Infinity')|double('Infinity')|FAILED 0/1 scan []",
        "1|float(2)|PASSED 0/1 scan []",
      })
  void nothingIsNearToWhatIsNoNumber(String given, String expected, String summary) {
    Map<String, Object> rule =
        Map.of("query", "select " + given, "as", "select " + expected, "within", "9");
    TableDef table = table(t -> t.column("id", "int").check(rule("same_result", rule)));
    assertThat(summary(table, "select 1 id")).isEqualTo(summary);
  }

  private String broken(TableDef table) {
    return quality.judge(table).get(3).message();
  }

  private static CheckBuilder sameResult(String query, String as, String name) {
    return rule("same_result", Map.of("query", query, "as", as)).named(name);
  }

  private static Map<String, Object> plus(Map<String, Object> map, String key, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(map);
    all.put(key, value);
    return all;
  }

  @Test
  void aTableIsHeldAgainstOthersAndAgainstQueries() {
    quality.session().sql("create table if not exists core.two as select id from range(2)");
    TableDef table =
        table(
            t ->
                t.column("id", "long")
                    .check(rule("same_rows_as", "core.two"))
                    .check(rule("has_columns", Map.of("exactly", List.of("id"))))
                    .check(rule("has_columns", Map.of("contain", List.of("x"))).named("x"))
                    .check(rule("column_count", Map.of("warn", 2, "error", List.of(1, 2))))
                    .check(rule("column_names", "[a-z]{3}"))
                    .check(
                        rule(
                            "query",
                            "select * from core.t where id not in (select id from core.two)"))
                    .check(
                        rule(
                            "number",
                            Map.of(
                                "query", "select max(id) from core.t", "between", List.of(1, 9))))
                    .check(rule("query", "select nothing from nowhere").named("broken"))
                    .check(
                        rule("number", Map.of("query", "select 1, 2", "between", List.of(1)))
                            .named("two")));
    quality.anew().write(table, "select id from range(3)");
    assertThat(outcomes(table))
        .containsExactlyInAnyOrder(
            "core.t.same_rows_as FAILED 0/3 scan",
            "core.t.has_columns PASSED 0/1 metadata",
            "x FAILED 0/1 metadata",
            "core.t.column_count WARNED 0/1 metadata",
            "core.t.column_names FAILED 0/1 metadata",
            "core.t.query FAILED 1/1 scan",
            "core.t.number PASSED 0/1 scan",
            "broken BROKEN 0/0 none",
            "two BROKEN 0/0 none");
    assertThat(quality.read()).contains(TableName.parse("core.two")).doesNotContain(table.name());
  }

  @Test
  void aShareHasTwoThresholds() {
    TableDef table =
        table(
            t ->
                t.column("id", "int", c -> c.check(in("1", "2").atLeast("100%", "50%")))
                    .check(key("id").atLeast("90%", "10%")));
    quality.anew().write(table, "select * from values (1), (1), (2), (3) t(id)");
    assertThat(quality.judge(table))
        .extracting(Verdict::message)
        .containsExactly(
            "1 of 4 rows breaks in [1, 2], 100 % must obey, 75 % do",
            "2 of 4 rows break the key [id], 90 % must obey, 50 % do");
    assertThat(quality.judge(table))
        .extracting(Verdict::status)
        .containsOnly(Verdict.Status.WARNED);
  }

  /** Whether a number is a multiple of what is declared. */
  public static final class Multiple implements Check {
    @Override
    public Column holds(Asked asked) {
      int of = Integer.parseInt(asked.arguments().get("of"));
      return col(asked.column().orElseThrow()).mod(of).equalTo(0);
    }
  }

  @Test
  void aRuleOfOnesOwnIsAClass() {
    Map<String, Object> ofThree =
        Map.of("class", Multiple.class.getName(), "arguments", Map.of("of", "3"));
    TableDef table =
        table(
            t ->
                t.column(
                    "id",
                    "int",
                    c ->
                        c.check(rule("custom", ofThree))
                            .check(rule("custom", Multiple.class.getName()).named("untold"))
                            .check(rule("custom", "com.acme.Nothing").named("nothing"))
                            .check(rule("custom", "java.lang.String").named("other"))));
    quality.anew().write(table, "select * from values (3), (4), (6), (null) t(id)");
    assertThat(outcomes(table))
        .containsExactly(
            "core.t.id.custom FAILED 1/3 write",
            "untold BROKEN 0/0 none",
            "nothing BROKEN 0/0 none",
            "other BROKEN 0/0 none");
    assertThat(quality.judge(table).get(2).message())
        .isEqualTo("it can't be evaluated: class com.acme.Nothing is not on the class path");
  }

  @Test
  void aTextThatBreaksItsSchemaIsKeptOut() {
    String schema =
        """
        { "$schema": "http://json-schema.org/draft-07/schema#", "properties": {
          "at": { "format": "date" }, "n": { "type": "integer", "maximum": 9 } } }
        """;
    TableDef table =
        table(
            t ->
                t.column("id", "int")
                    .column(
                        "text", "string", c -> c.check(rule("json_schema", schema).quarantine())));
    String rows =
        """
        values (1, '{"at": "2024-02-29", "n": 9}'), (2, '{"at": "2024-02-30"}'), (3, '{"n": 10}'),
          (4, '{"n": 1'), (5, null), (6, '{} {}'), (7, ''), (8, '[]') t(id, text)
        """;
    assertThat(kept(table, rows, Optional.empty())).containsExactly(1, 5, 8);
  }

  @Test
  void noRowOutsideOfTheIntervalIsHiddenInAQuarantine() {
    TableDef table =
        TableDef.named("core.t")
            .sql("select 1")
            .column("day", "date")
            .column("id", "int", c -> c.check(rule("above", "1").quarantine()))
            .partitionBy("month(day)")
            .replaceIntervals("day")
            .build();
    String rows = "values (date'2024-01-31', 1), (date'2024-02-01', 0), (null, -1) t(day, id)";
    Interval january =
        Interval.parse("2024-01", new IntervalDef(IntervalUnit.MONTH, ZoneOffset.UTC));
    assertThat(kept(table, rows, Optional.of(january))).containsExactly(-1, 0);
  }

  @Test
  void aRowForWhichACheckFailsIsNotKeptOutByAnother() {
    UnaryOperator<TableBuilder> checks =
        t ->
            t.column("id", "int", c -> c.required().check(rule("above", "1").quarantine()))
                .column("at", "date", ColumnBuilder::required)
                .check(sql("if(id < 0, raise_error('negative'), true)").quarantine());
    String rows = "values (1, date'2024-01-01'), (2, date'2024-01-01'), (%d, null) t(id, at)";
    assertThat(kept(table(checks), rows.formatted(-1), Optional.empty())).containsExactly(-1, 2);

    TableDef merged =
        checks.apply(TableDef.named("core.t").sql("select 1")).key("id").upsert("at").build();
    assertThat(kept(merged, rows.formatted(3), Optional.empty())).containsExactly(2, 3);
    assertThatThrownBy(() -> kept(merged, rows.formatted(-1), Optional.empty()))
        .hasMessageContaining("check core.t.sql can't be evaluated: ");
  }

  /** The numbers of the rows that go into a table. */
  private List<Integer> kept(TableDef table, String rows, Optional<Interval> range) {
    return Quarantine.of(
            table,
            quality.session().sql("select * from " + rows),
            range,
            List.of(new ObservedChecks()))
        .orElseThrow()
        .kept()
        .collectAsList()
        .stream()
        .map(row -> row.<Integer>getAs("id"))
        .sorted()
        .toList();
  }

  private List<String> outcomes(TableDef table) {
    return quality.judge(table).stream()
        .map(
            v ->
                "%s %s %d/%d %s"
                    .formatted(
                        v.check().name(), v.status(), v.rowsFailed(), v.rowsJudged(), v.origin()))
        .toList();
  }

  private List<String> samples(TableDef table, String check) {
    return quality.judge(table).stream()
        .filter(v -> v.check().name().equals(check))
        .flatMap(v -> v.samples().stream())
        .map(Sample::toString)
        .toList();
  }

  /** Status, failed and judged rows, origin and samples. */
  private String summary(TableDef table, String query) {
    Verdict verdict = quality.verdict(table, query);
    return "%s %d/%d %s %s"
        .formatted(
            verdict.status(),
            verdict.rowsFailed(),
            verdict.rowsJudged(),
            verdict.origin(),
            verdict.samples().stream().map(Sample::toString).sorted().toList());
  }
}
