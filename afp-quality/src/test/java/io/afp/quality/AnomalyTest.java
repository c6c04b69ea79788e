package io.afp.quality;

import static io.afp.core.definition.CheckBuilder.anomaly;
import static io.afp.quality.QualityFixture.AS_OF;
import static io.afp.quality.QualityFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Verdict;
import io.afp.core.ledger.Verdict.Status;
import io.afp.core.measure.History;
import io.afp.core.measure.Point;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is judged by its history. */
@ExtendWith(LakeExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnomalyTest {

  private QualityFixture quality;

  @BeforeAll
  void open(TestLake lake) {
    quality = new QualityFixture(lake);
  }

  /** A value of each day before, in turn one below and one above. */
  private static History days(int number, double value) {
    LocalDateTime now = AS_OF.toLocalDateTime().minusDays(1);
    List<Point> points =
        IntStream.rangeClosed(1, number)
            .mapToObj(
                day ->
                    new Point(
                        now.minusDays(day).toLocalDate().toString(),
                        now.minusDays(day),
                        value * (day % 2 == 0 ? 1.01 : 0.99)))
            .toList();
    return new History(points, List.of(), Optional.empty());
  }

  private static final TableDef ROWS = table(t -> t.column("id", "long").check(anomaly("rows")));

  @Test
  void aNumberOfRowsThatIsUnusualFailsWithItsBounds() {
    quality.after(days(20, 100));

    Verdict verdict = quality.verdict(ROWS, "select id from range(40)");

    assertThat(verdict)
        .returns(Status.FAILED, Verdict::status)
        .returns("write", Verdict::origin)
        .returns(40L, Verdict::rowsJudged)
        .returns(List.of(), Verdict::samples);
    assertThat(verdict.message())
        .startsWith("the number of rows of 2024-01-31 is 40; 9")
        .endsWith(" is usual after 20 points, 100 is expected");
    assertThat(verdict.points()).singleElement().satisfies(p -> assertThat(p.bounds()).isPresent());
    assertThat(quality.verdict(ROWS, "select id from range(101)").status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void withLittleHistoryItLearns() {
    quality.after(days(13, 100));

    Verdict verdict = quality.verdict(ROWS, "select id from range(40)");

    assertThat(verdict.status()).isEqualTo(Status.LEARNING);
    assertThat(verdict.status().stopsPublish()).isFalse();
    assertThat(verdict.message())
        .isEqualTo(
            "the number of rows of 2024-01-31 is 40; learning: 13 points before it, 14 are needed");
  }

  @Test
  void quantitiesOfColumnsAreMeasuredInTheWriteAndByAScanAlike() {
    TableDef table =
        table(
            t ->
                t.column(
                        "amount",
                        "decimal(10,2)",
                        c ->
                            c.check(anomaly("mean").named("mean"))
                                .check(anomaly("sum").named("sum"))
                                .check(anomaly("deviation").named("deviation"))
                                .check(anomaly("min").named("min"))
                                .check(anomaly("max").named("max").where("amount < 4"))
                                .check(anomaly("completeness").named("completeness")))
                    .check(anomaly("rows").named("rows_of_one").where("amount = 1")));
    quality
        .after(History.none())
        .anew()
        .write(
            table, "select cast(v as decimal(10,2)) amount from values (1), (2), (6), (null) t(v)");

    List<Verdict> written = quality.judge(table);
    List<Verdict> scanned = quality.judgeByScan(table);

    assertThat(written)
        .extracting(v -> "%s %s".formatted(v.check().name(), v.points().get(0).point().value()))
        .containsExactly(
            "mean 3.0",
            "sum 9.0",
            "deviation " + Math.sqrt(14.0 / 3),
            "min 1.0",
            "max 2.0",
            "completeness 0.75",
            "rows_of_one 1.0");
    assertThat(scanned)
        .extracting(Verdict::points)
        .isEqualTo(written.stream().map(Verdict::points).toList());
    assertThat(written).extracting(Verdict::status).containsOnly(Status.LEARNING);
  }

  @Test
  void anUnusualPointOfSeverityWarnIsAWarning() {
    TableDef table =
        table(
            t ->
                t.column("id", "long")
                    .check(anomaly("rows", Map.of("method", "change", "at_most", "10%")).warn()));
    quality.after(days(1, 100));

    assertThat(quality.verdict(table, "select id from range(112)").status())
        .isEqualTo(Status.WARNED);
    assertThat(quality.verdict(table, "select id from range(108)").status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void whereNoRowIsThereAColumnHasNoQuantityAndATableHas() {
    TableDef table =
        table(t -> t.column("id", "long", c -> c.check(anomaly("mean"))).check(anomaly("rows")));
    quality.after(days(20, 100)).anew().write(table, "select id from range(0)");

    assertThat(quality.judge(table))
        .extracting(v -> v.status() + " " + v.message().split(";")[0])
        .containsExactly(
            "SKIPPED no row was judged, so there is no mean of id",
            "FAILED the number of rows of 2024-01-31 is 0");
  }
}
