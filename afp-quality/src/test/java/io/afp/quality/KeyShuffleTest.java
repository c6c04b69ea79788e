package io.afp.quality;

import static io.afp.core.definition.CheckBuilder.between;
import static io.afp.core.definition.CheckBuilder.key;
import static io.afp.core.definition.CheckBuilder.references;
import static io.afp.core.definition.CheckBuilder.required;
import static io.afp.core.definition.CheckBuilder.rowsBetween;
import static io.afp.quality.QualityFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.CheckPlan;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** All keys of a table together, and no key that is called repeated and is not. */
@ExtendWith(LakeExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyShuffleTest {

  private QualityFixture quality;

  @BeforeAll
  void open(TestLake lake) {
    quality = new QualityFixture(lake);
    quality.session().conf().set("spark.sql.autoBroadcastJoinThreshold", "-1"); // nothing is small
  }

  private Work workOf(Runnable judging) throws Exception {
    return Work.of(quality.session(), judging);
  }

  private static TableDef keys() {
    return table(
        t ->
            t.column("a", "long", c -> c.check(between("0", "5000")))
                .column("b", "long")
                .column("c", "string")
                .key("a")
                .check(key("b", "c").named("two"))
                .check(key("b").where("b > 3").named("some"))
                .check(key("c", "a").atLeast("90%").named("most")));
  }

  @Test
  void allKeysOfATableAreOneShuffleAsThePlanSays() throws Exception {
    TableDef table = keys();
    quality.anew().write(table, "select id a, id * 3 b, 'x' || id c from range(0, 5000, 1, 2)");
    CheckPlan plan = CheckPlan.of(table);
    List<Verdict> verdicts = new ArrayList<>();
    Work work = workOf(() -> verdicts.addAll(quality.judge(table)));

    assertThat(verdicts).hasSize(5).allMatch(v -> v.status() == Verdict.Status.PASSED);
    assertThat(plan.checks(CheckPlan.Way.SHUFFLE)).hasSize(4);
    assertThat(plan.checks(CheckPlan.Way.WRITE)).hasSize(1);
    assertThat(work.shuffles()).as("shuffles").hasSize(plan.shuffles()).hasSize(1);
  }

  @Test
  void aScanIsOneForAllThatWasNotMeasuredAsThePlanSays() throws Exception {
    TableDef table =
        table(
            t ->
                t.column(
                    "a",
                    "long",
                    c -> c.check(between("0", "9")).check(between("0", "99").named("other"))));
    quality.anew().write(table, "select id % 10 a from range(0, 5000, 1, 2)");
    CheckPlan plan = CheckPlan.of(table, check -> false, check -> false);
    Work work = workOf(() -> quality.judgeByScan(table));
    assertThat(work.jobs()).hasSize(plan.scans()).hasSize(1);
    assertThat(work.shuffles()).hasSize(plan.shuffles()).isEmpty();
    assertThat(workOf(() -> quality.judge(table)).jobs()).as("measured in the write").isEmpty();
  }

  @Test
  void aReferenceShufflesNoMoreThanThePlanSays() throws Exception {
    quality.session().sql("create table core.others as select id from range(0, 5000, 1, 2)");
    TableDef table = table(t -> t.column("a", "long", c -> c.check(references("core.others.id"))));
    quality.anew().write(table, "select id a from range(0, 5000, 1, 2)");
    Work work = workOf(() -> quality.judge(table));
    assertThat(work.shuffles()).hasSize(CheckPlan.of(table).shuffles());
  }

  private static TableDef counted() {
    return table(
        t ->
            t.column("a", "long", c -> c.required())
                .column("b", "long", c -> c.check(required().atLeast("50%")))
                .check(rowsBetween(1, 5000)));
  }

  @Test
  void whatFilesSayOfThemselvesIsToldWithoutReadingThem() throws Exception {
    TableDef table = counted();
    quality
        .anew()
        .write(table, "select id a, if(id % 4 = 0, null, 7L) b from range(0, 5000, 1, 2)");
    List<Verdict> verdicts = new ArrayList<>();
    Work work = workOf(() -> verdicts.addAll(quality.judgeByScan(table)));

    assertThat(told(verdicts))
        .containsExactly("0/5000 metadata", "1250/5000 metadata", "0/5000 metadata");
    assertThat(List.of(work.rowsRead(), work.bytesRead())).containsOnly(0L);
    assertThat(told(quality.judge(table)))
        .containsExactly("0/5000 write", "1250/5000 write", "0/5000 metadata");
  }

  @Test
  void whatFilesDoNotSayExactlyIsScannedFor() throws Exception {
    TableDef table = counted();
    String rows = "select id a, if(id % 4 = 0, null, 7L) b from range(0, 5000, 1, 2)";
    for (String change :
        List.of(
            "alter table core.t set tblproperties ('write.metadata.metrics.column.b' = 'none')",
            "alter table core.t set tblproperties ('write.delete.mode' = 'merge-on-read')")) {
      quality.anew().write(table, rows).session().sql(change);
      quality.session().sql("delete from core.t where a = 4");
      List<Verdict> verdicts = new ArrayList<>();
      Work work = workOf(() -> verdicts.addAll(quality.judgeByScan(table)));
      assertThat(told(verdicts))
          .as(change)
          .containsExactly("0/4999 scan", "1249/4999 scan", "0/4999 scan");
      assertThat(work.rowsRead()).isPositive();
    }
  }

  private static List<String> told(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(v -> "%d/%d %s".formatted(v.rowsFailed(), v.rowsJudged(), v.origin()))
        .toList();
  }

  @Tag("long")
  @Test
  void equalValuesOfEveryTypeAreFound() {
    List<String> pairs =
        List.of(
            "double: 0.0d, -0.0d",
            "double: double('NaN'), double('Infinity') - double('Infinity')",
            "float: float('NaN'), float('Infinity') - float('Infinity')",
            "decimal(38,10): 1.50bd, 1.5bd",
            "decimal(9,2): 1.50bd, 1.5bd",
            "string: 'a    ', rpad('a', 5, ' ')",
            "date: date'2024-02-29', to_date('2024-2-29')",
            "timestamp: timestamp'2024-01-01 00:00:00Z', timestamp'2024-01-01 01:00:00+01:00'",
            "binary: x'00ff', X'00FF'",
            "boolean: true, not false");
    for (String pair : pairs) {
      String type = pair.substring(0, pair.indexOf(": "));
      String values = pair.substring(pair.indexOf(": ") + 2);
      TableDef table = table(t -> t.column("a", type).column("n", "int").key("a", "n"));
      String rows =
          Stream.of(0, 1)
              .map(i -> "select array(%s)[%d] a, 7 n".formatted(values, i))
              .reduce(
                  "select cast(null as %s) a, 7 n where false".formatted(type),
                  "%s union all %s"::formatted);
      quality.anew().write(table, "select cast(a as %s) a, n from (%s)".formatted(type, rows));
      assertThat(quality.judge(table).get(0).rowsFailed()).as(pair).isEqualTo(2);
    }
  }

  @Test
  void nullsBreakAKeyAndRepeatedKeysAreToldExactly() {
    TableDef table = table(t -> t.column("a", "long").column("b", "string").key("a", "b"));
    quality
        .anew()
        .write(
            table,
            "select id a, if(id % 100 = 0, null, 'x') b from range(1000) union all select 7, 'x'"
                + " union all select 8, 'x' union all select 8, 'x' union all select 100, null");
    Verdict verdict = quality.judge(table).get(0);
    assertThat(verdict.rowsJudged()).isEqualTo(1004);
    assertThat(verdict.rowsFailed()).as("11 with a null, 2 and 3 repeated").isEqualTo(16);
    assertThat(verdict.samples().get(0)).hasToString("a=8, b=x, count(*)=3");
  }

  @Test
  void rowsWithANullInTheirKeyAreShownWhereNoneIsRepeated() {
    TableDef table = table(t -> t.column("a", "long").column("b", "string").key("a", "b"));
    quality.anew().write(table, "select id a, if(id = 4, null, 'x') b from range(9)");
    Verdict verdict = quality.judge(table).get(0);
    assertThat(verdict.rowsFailed()).isEqualTo(1);
    assertThat(verdict.samples().get(0)).hasToString("a=4, b=null, count(*)=1");
  }

  @Test
  void aKeyWhoseConditionFailsForARowIsBrokenAndTheOthersAreJudged() {
    quality.session().conf().set("spark.sql.ansi.enabled", true);
    try {
      TableDef table =
          table(
              t ->
                  t.column("a", "long")
                      .key("a")
                      .check(key("a").where("1 / a > 0").named("broken")));
      quality.anew().write(table, "select id a from range(9)");
      assertThat(quality.judge(table))
          .extracting(v -> v.check().name() + " " + v.status())
          .containsExactly("core.t.key PASSED", "broken BROKEN");
    } finally {
      quality.session().conf().unset("spark.sql.ansi.enabled");
    }
  }

  @Test
  void moreRepeatedKeysThanAreKeptAreCountedAllTheSame() {
    TableDef table = table(t -> t.column("a", "long").key("a"));
    quality.anew().write(table, "select id % 3000 a from range(0, 6001, 1, 2)");
    assertThat(quality.judge(table).get(0).rowsFailed()).isEqualTo(6001);
  }

  @Test
  void aKeyOfManyRowsIsUnique() {
    TableDef table = table(t -> t.column("a", "long").key("a"));
    quality.anew().write(table, "select id * 4294967296 a from range(0, 200000, 1, 2)");
    assertThat(quality.judge(table).get(0).status()).isEqualTo(Verdict.Status.PASSED);
  }
}
