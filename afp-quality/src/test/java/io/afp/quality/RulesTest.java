package io.afp.quality;

import static io.afp.core.definition.CheckBuilder.between;
import static io.afp.core.definition.CheckBuilder.in;
import static io.afp.core.definition.CheckBuilder.references;
import static io.afp.core.definition.CheckBuilder.rowsBetween;
import static io.afp.core.definition.CheckBuilder.rowsFrom;
import static io.afp.core.definition.CheckBuilder.sql;
import static io.afp.quality.QualityFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.ColumnBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.ledger.Verdict;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

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
  void aKeyIsBrokenByEveryRowOfAGroupAndByNull() {
    TableDef table = table(t -> t.column("a", "int").column("b", "string").key("a", "b"));
    assertThat(
            summary(
                table,
                "select * from values (1, 'x'), (1, 'x'), (1, 'y'), (2, null), (null, null) t(a, b)"))
        .startsWith("FAILED 4/5 scan [")
        .contains("a=1, b=x", "a=2, b=null", "a=null, b=null");
  }

  @Test
  void aReferenceMustBeFoundUnlessItIsNull() {
    TableDef table =
        table(t -> t.column("tail", "string", c -> c.check(references("core.plane.tail"))));
    assertThat(
            summary(
                table, "select * from values ('A'), ('A'), ('B'), ('X'), ('X'), (null) t(tail)"))
        .as("null is no value to refer to, and none to be found")
        .isEqualTo("FAILED 2/5 scan [tail=X]");
    assertThat(quality.read()).containsExactly(TableName.parse("core.plane"));
  }

  @Test
  void aPredicateJudgesWhereItIsNotNull() {
    TableDef table =
        table(t -> t.column("a", "int").column("b", "int").check(sql("a < b or a = 7")));
    assertThat(summary(table, "select * from values (1, 2), (2, 1), (1, null), (7, null) t(a, b)"))
        .isEqualTo("FAILED 1/3 write [a=2, b=1]");
  }

  @Test
  void rowsCountsWhatIsWritten() {
    assertThat(
            summary(
                table(t -> t.column("id", "long").check(rowsBetween(2, 3))),
                "select id from range(3)"))
        .isEqualTo("PASSED 0/3 write []");
    assertThat(
            summary(
                table(t -> t.column("id", "long").check(rowsBetween(2, 3))),
                "select id from range(4)"))
        .isEqualTo("FAILED 0/4 write []");
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
            "required PASSED",
            "between PASSED",
            "in PASSED",
            "references PASSED",
            "key PASSED",
            "rows FAILED",
            "sql PASSED");
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
            verdict.samples().stream().sorted().toList());
  }
}
