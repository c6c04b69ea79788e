package io.afp.quality;

import static io.afp.core.definition.CheckBuilder.between;
import static io.afp.core.definition.CheckBuilder.fresh;
import static io.afp.core.definition.CheckBuilder.in;
import static io.afp.core.definition.CheckBuilder.key;
import static io.afp.core.definition.CheckBuilder.length;
import static io.afp.core.definition.CheckBuilder.lengthUpTo;
import static io.afp.core.definition.CheckBuilder.matches;
import static io.afp.core.definition.CheckBuilder.required;
import static io.afp.core.definition.CheckBuilder.rowsBetween;
import static io.afp.core.definition.CheckBuilder.sql;
import static io.afp.core.definition.CheckBuilder.upTo;
import static io.afp.quality.QualityFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.Counts;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeasuringTest {

  private QualityFixture quality;

  @BeforeAll
  void open(TestLake lake) {
    quality = new QualityFixture(lake);
  }

  @Test
  void verdictsAreTheSameWithoutAnyMetric() {
    TableDef table = numbers();
    quality
        .anew()
        .write(table, "select id, if(id % 3 = 0, null, 'n' || id % 5) name from range(100)");

    assertThat(quality.judgeByScan(table))
        .isNotEmpty()
        .extracting(Verdict::origin)
        .containsOnly("scan", "metadata");
    assertThat(quality.judge(table))
        .usingRecursiveComparison()
        .ignoringFields("origin")
        .isEqualTo(quality.judgeByScan(table));
  }

  @Test
  void metricsOfSeveralCommitsAddUp() {
    TableDef table =
        TableDef.named("core.t")
            .sql("select 1")
            .column("id", "long", c -> c.check(between("0", "9").atLeast("50%")))
            .append()
            .check(rowsBetween(15, 15))
            .build();
    quality
        .anew()
        .write(table, "select id from range(10)")
        .write(table, "select id + 10 id from range(5)");

    assertThat(quality.metrics().get("core.t.id.between").state()).isEqualTo(new Counts(10, 15));
    assertThat(quality.judge(table)).allMatch(v -> v.status() == Verdict.Status.PASSED);
  }

  @Test
  void rowsThatAreSortedOverAllFilesAreMeasuredInTheWrite() {
    TableDef table =
        table(
            t ->
                t.column("id", "long", c -> c.check(between("0", "9")))
                    .sortBy("id")
                    .distribution("range"));
    quality.anew().write(table, "select id from range(100000)");

    assertThat(quality.origin()).as("Spark samples them before it sorts").isEqualTo("write");
    Metric rows = quality.metrics().get("core.t.id.between");
    assertThat(rows.state()).isEqualTo(new Counts(10, 100_000));
  }

  @Test
  void aCheckThatIsCalledLikeTheRowsOfTheWriterIsJudgedAllTheSame() {
    TableDef table = table(t -> t.column("id", "long").check(sql("id > 5").named("rows")));
    assertThat(quality.verdict(table, "select id from range(10)").rowsFailed()).isEqualTo(6);
  }

  @Test
  void samplesAreTenAtMostWithTheKeyAndTheColumnsOfTheRule() {
    TableDef table =
        table(
            t ->
                t.column("id", "long")
                    .column("a", "long")
                    .column("b", "long")
                    .column("other", "long")
                    .key("id")
                    .check(sql("A < b")));
    quality.anew().write(table, "select id, id a, 0L b, 7L other from range(50)");
    Verdict verdict = quality.judge(table).get(1);
    assertThat(verdict.samples())
        .hasSize(10)
        .allMatch(sample -> sample.toString().matches("id=\\d+, a=\\d+, b=0"));
    assertThat(verdict.rowsFailed()).isEqualTo(50);
  }

  @Test
  void personalColumnsAreMaskedWhereverTheyShow() {
    TableDef table =
        table(
            t ->
                t.column("mail", "string", c -> c.pii().required().check(in("x")))
                    .column("age", "int", c -> c.check(between("0", "10")))
                    .key("mail")
                    .check(sql("mail <> 'eve@x.org'")));
    quality
        .anew()
        .write(
            table,
            "select * from values ('eve@x.org', 50), ('eve@x.org', 51), (null, 1) t(mail, age)");
    assertThat(quality.judge(table)).hasSize(5).allMatch(v -> v.status() == Verdict.Status.FAILED);
    assertThat(quality.judge(table))
        .flatExtracting(Verdict::samples)
        .extracting(Object::toString)
        .isNotEmpty()
        .noneMatch(sample -> sample.contains("eve"))
        .contains("mail=******, age=50", "mail=null", "mail=******, count(*)=2")
        .as("null is shown, since it is no secret and often the reason");
  }

  @Test
  void samplesAreOnlyTakenOfChecksThatDidNotPass() {
    TableDef table =
        table(
            t ->
                t.column(
                        "id",
                        "long",
                        c ->
                            c.check(between("0", "5").atLeast("50%"))
                                .check(between("0", "5").warn().named("warned")))
                    .key("id")
                    .check(key("id").atLeast("10%").named("some")));
    quality.anew().write(table, "select least(id, 8) id from range(10)");
    assertThat(quality.judge(table))
        .extracting(v -> "%s %s %s".formatted(v.check().name(), v.status(), v.samples()))
        .containsExactly(
            "core.t.id.between PASSED []",
            "warned WARNED [id=6, id=7, id=8]",
            "core.t.key FAILED [id=8, count(*)=2]",
            "some PASSED []");
  }

  @Test
  void samplesOfALongKeyStillShowWhatIsJudged() {
    String[] key = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    TableDef table =
        table(
            t -> {
              List.of(key).forEach(name -> t.column(name, "int"));
              return t.column("z", "int", c -> c.check(in("1").where("a = 1"))).key(key);
            });
    quality.anew().write(table, "select 1 a, 2 b, 3 c, 4 d, 5 e, 6 f, 7 g, 8 h, 9 i, 0 z");
    assertThat(quality.judge(table).get(0).samples())
        .hasToString("[a=1, b=2, c=3, d=4, e=5, f=6, z=0]");
  }

  /** Rules about values at the edges of their types, and about a column without any. */
  private static TableDef edges() {
    return table(
        t ->
            t.column("d", "double", c -> c.check(between("0", "5")))
                .column("big", "decimal(38,2)", c -> c.check(upTo("9".repeat(35) + ".99")))
                .column("s", "string", c -> c.check(lengthUpTo(9)))
                .column("none", "int", c -> c.check(between("0", "5")).check(required())));
  }

  private static List<String> told(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(
            v ->
                "%s %s %d/%d"
                    .formatted(v.check().name(), v.status(), v.rowsFailed(), v.rowsJudged()))
        .toList();
  }

  @Test
  void valuesAtTheEdgesOfTheirTypes() {
    TableDef table = edges();
    quality
        .anew()
        .write(
            table,
            """
            select d, cast(big as decimal(38,2)) big, repeat(s, 10000000) s, cast(null as int) none from values
              (double('NaN'), '%1$s.99', 'x'), (double('Infinity'), '9%1$s.99', ''), (1d, '-9%1$s.99', '\u00e9'),
              (-0.0d, null, null) t(d, big, s)"""
                .formatted("9".repeat(35)));
    assertThat(told(quality.judge(table)))
        .containsExactly(
            "core.t.d.between FAILED 2/4",
            "core.t.big.between FAILED 1/3",
            "core.t.s.length FAILED 2/3",
            "core.t.none.between SKIPPED 0/0",
            "core.t.none.required FAILED 4/4")
        .isEqualTo(told(quality.judgeByScan(table)));
    assertThat(quality.judge(table).get(2).samples())
        .extracting(sample -> sample.values().get("s").length())
        .containsOnly(201);
  }

  @Test
  void rulesAboutValuesAreSkippedForATableWithoutRows() {
    TableDef table = edges();
    quality.anew().write(table, "select 0d d, 0bd big, '' s, 0 none where false");
    assertThat(told(quality.judge(table)))
        .hasSize(5)
        .allMatch(verdict -> verdict.endsWith(" SKIPPED 0/0"))
        .isEqualTo(told(quality.judgeByScan(table)));
  }

  @Test
  void theNewestOfSeveralCommitsCounts() {
    TableDef table =
        TableDef.named("core.t")
            .sql("select 1")
            .column("day", "date", c -> c.check(fresh("P1D")))
            .append()
            .build();
    quality
        .anew()
        .write(table, "select date'2024-01-31' day")
        .write(table, "select date'2024-01-01' day")
        .write(table, "select cast(null as date) day");
    assertThat(quality.judge(table).get(0).status()).isEqualTo(Verdict.Status.PASSED);
    assertThat(quality.judgeByScan(table).get(0).message())
        .isEqualTo(quality.judge(table).get(0).message());
  }

  @Test
  void valuesOfASampleAreCut() {
    TableDef table = table(t -> t.column("name", "string", c -> c.check(lengthUpTo(9))));
    quality.anew().write(table, "select repeat('\ud83d\ude00', 300) name");
    assertThat(quality.judge(table).get(0).samples().get(0).values().get("name"))
        .isEqualTo("\ud83d\ude00".repeat(200) + "…");
  }

  @Test
  void messagesSayWhatWasFoundAndNeverRoundUpToAll() {
    TableDef table =
        table(
            t ->
                t.column(
                    "id", "long", c -> c.check(between("1", "9000000").atLeast("99.9%").warn())));
    assertThat(quality.verdict(table, "select id from range(3000000)").message())
        .isEqualTo(
            "1 of 3000000 rows breaks between 1 and 9000000, 99.9 % must obey, 99.9999 % do");
  }

  private static TableDef numbers() {
    return table(
        t ->
            t.column("id", "long", c -> c.required().check(between("10", "95")))
                .column(
                    "name",
                    "string",
                    c ->
                        c.check(in("n1", "n2"))
                            .check(matches("n."))
                            .check(length(3, 9).where("id > 3")))
                .check(sql("name is null or id > 7").named("own"))
                .check(key("name").where("id < 3").atLeast("10%"))
                .check(rowsBetween(1, 1000).where("id > 3")));
  }
}
