package io.afp.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.afp.core.definition.AnomalyDef;
import io.afp.core.definition.AnomalyDef.Method;
import io.afp.core.definition.AnomalyDef.Quantity;
import io.afp.core.definition.AnomalyDef.Season;
import io.afp.core.measure.JudgedPoint.Outcome;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnomalyDetectorTest {

  private static final LocalDate FIRST = LocalDate.of(2013, 1, 1); // a Tuesday

  private static AnomalyDef rule(Method method, Season season) {
    return rule(method, season, "0");
  }

  private static AnomalyDef rule(Method method, Season season, String tolerance) {
    return new AnomalyDef(
        Quantity.MEAN,
        method,
        method == Method.CHANGE ? new BigDecimal("0.5") : BigDecimal.valueOf(3),
        season,
        method.minPoints(season),
        method.last(season),
        new BigDecimal(tolerance));
  }

  private static Point day(int number, double value) {
    LocalDate day = FIRST.plusDays(number);
    return new Point(day.toString(), day.atStartOfDay(), value);
  }

  private static List<Point> days(List<? extends Number> values) {
    return IntStream.range(0, values.size())
        .mapToObj(i -> day(i, values.get(i).doubleValue()))
        .toList();
  }

  private static List<JudgedPoint> judge(AnomalyDef rule, List<Point> points) {
    return new AnomalyDetector(rule).judge(History.none(), points);
  }

  private static JudgedPoint last(AnomalyDef rule, List<Point> points) {
    return judge(rule, points).get(points.size() - 1);
  }

  @ParameterizedTest
  @CsvSource({"ROBUST, 14", "ZSCORE, 8", "CHANGE, 1"})
  void itLearnsUntilThereAreEnoughPoints(Method method, int needed) {
    List<JudgedPoint> judged =
        judge(rule(method, Season.NONE), days(Collections.nCopies(needed + 2, 7)));

    assertThat(judged.subList(0, needed))
        .allMatch(point -> point.outcome() == Outcome.LEARNING && point.bounds().isEmpty());
    assertThat(judged.get(needed)).returns(Outcome.USUAL, JudgedPoint::outcome);
    assertThat(judged.get(needed).basis()).isEqualTo(needed);
  }

  @Test
  void aChangeIsMeasuredFromThePointBefore() {
    List<JudgedPoint> judged =
        judge(rule(Method.CHANGE, Season.NONE), days(List.of(100, 150, 224, 100, 226)));

    assertThat(judged)
        .extracting(JudgedPoint::outcome)
        .containsExactly(
            Outcome.LEARNING, Outcome.USUAL, Outcome.USUAL, Outcome.UNUSUAL, Outcome.USUAL);
    assertThat(judged.get(4).bounds())
        .as("of the last that was usual")
        .contains(new Bounds(112, 224, 336));
  }

  @Test
  void aZscoreIsWiderWhereFewPointsTellTheDeviation() {
    // ten points, mean 10, deviation 1: Student's t of 9 degrees at 0.135 % is 4.094
    List<Integer> values = List.of(9, 11, 9, 11, 9, 11, 10, 10, 9, 11, 10);
    double deviation = Math.sqrt(8.0 / 9);

    Bounds bounds = last(rule(Method.ZSCORE, Season.NONE), days(values)).bounds().orElseThrow();

    assertThat(bounds.expected()).isEqualTo(10);
    assertThat(bounds.upper()).isCloseTo(10 + 4.094 * deviation * Math.sqrt(1.1), within(0.01));
  }

  @Test
  void whatNeverChangedMayChangeByTheTolerance() {
    AnomalyDef rule = rule(Method.ROBUST, Season.NONE, "0.01");
    List<Integer> constant = new ArrayList<>(Collections.nCopies(20, 1_000));

    constant.add(990);
    assertThat(last(rule, days(constant)).outcome()).isEqualTo(Outcome.USUAL);
    constant.set(20, 989);
    assertThat(last(rule, days(constant)).outcome()).isEqualTo(Outcome.UNUSUAL);
  }

  @Test
  void aPointIsComparedWithItsWeekdayOnly() {
    List<Integer> weeks = new ArrayList<>();
    for (int day = 0; day < 42; day++) {
      boolean sunday = day % 7 == 5;
      weeks.add((sunday ? 50 : 100) + day % 3);
    }
    weeks.add(51); // as on a Sunday, but it is a Tuesday

    assertThat(judge(rule(Method.ROBUST, Season.WEEKDAY), days(weeks.subList(0, 42))))
        .noneMatch(point -> point.outcome() == Outcome.UNUSUAL);
    assertThat(last(rule(Method.ROBUST, Season.WEEKDAY), days(weeks)).outcome())
        .isEqualTo(Outcome.UNUSUAL);
    assertThat(last(rule(Method.ZSCORE, Season.NONE), days(weeks)).outcome())
        .as("it is usual for some day")
        .isEqualTo(Outcome.USUAL);
  }

  @Test
  void aRunWithoutUnitsIsComparedByItsDayWheneverItStarted() {
    List<Point> runs =
        IntStream.range(0, 6)
            .mapToObj(
                week -> new Point("", FIRST.plusWeeks(week).atTime(3 + week, 5), 10.0 + week % 2))
            .toList();

    assertThat(last(rule(Method.ZSCORE, Season.WEEKDAY), runs).basis()).isEqualTo(5);
  }

  @Test
  void aNewLevelForgetsWhatWasBefore() {
    List<Point> before = days(Collections.nCopies(20, 100));
    AnomalyDetector detector = new AnomalyDetector(rule(Method.ROBUST, Season.NONE));
    Point next = day(21, 500);

    assertThat(judged(detector, new History(before, List.of(), Optional.empty()), next).outcome())
        .isEqualTo(Outcome.UNUSUAL);
    List<Point> acknowledged = new ArrayList<>(before);
    acknowledged.add(day(20, 500));
    History level =
        new History(acknowledged, List.of(day(20, 500)), Optional.of(day(20, 500).at()));
    assertThat(judged(detector, level, next).outcome()).isEqualTo(Outcome.LEARNING);
    assertThat(judged(detector, level, next).basis()).isEqualTo(1);
  }

  @Test
  void onlyTheVeryValueThatWasAcknowledgedPasses() {
    List<Point> before = days(Collections.nCopies(20, 100));
    AnomalyDetector detector = new AnomalyDetector(rule(Method.ROBUST, Season.NONE));
    History history = new History(before, List.of(day(20, 500)), Optional.empty());

    assertThat(judged(detector, history, day(20, 500)).outcome()).isEqualTo(Outcome.ACKNOWLEDGED);
    assertThat(judged(detector, history, day(20, 501)).outcome()).isEqualTo(Outcome.UNUSUAL);
    assertThat(judged(detector, history, day(21, 500)).outcome()).isEqualTo(Outcome.UNUSUAL);
  }

  @Test
  void whatIsNoNumberIsUnusualAndNeverHistory() {
    List<Integer> numbers = Collections.nCopies(8, 5);
    List<Point> points = new ArrayList<>(days(numbers));
    points.add(day(8, Double.NaN));
    points.add(day(9, 5));

    assertThat(judge(rule(Method.ZSCORE, Season.NONE), points).subList(8, 10))
        .extracting(JudgedPoint::outcome)
        .containsExactly(Outcome.UNUSUAL, Outcome.USUAL);
  }

  private static JudgedPoint judged(AnomalyDetector detector, History history, Point point) {
    return detector.judge(history, List.of(point)).get(0);
  }

  @ParameterizedTest
  @EnumSource(Season.class)
  void falseAlarmsAreAsRareAsTheSensitivitySays(Season season) {
    Random random = new Random(7);
    for (Method method : List.of(Method.ROBUST, Method.ZSCORE)) {
      long judged = 0;
      long alarms = 0;
      for (int year = 0; year < 30; year++) {
        List<Double> values =
            IntStream.range(0, 100).mapToObj(i -> 1_000 + 50 * random.nextGaussian()).toList();
        List<JudgedPoint> points = judge(rule(method, season), days(values));
        judged += points.stream().filter(p -> p.outcome() != Outcome.LEARNING).count();
        alarms += points.stream().filter(p -> p.outcome() == Outcome.UNUSUAL).count();
      }
      assertThat((double) alarms / judged)
          .as("of %s %s, 0.27 %% of normal values are 3 deviations away", method, season)
          .isLessThan(0.006);
    }
  }

  @Property(tries = 200)
  void anUnusualPointChangesNoVerdictOnOthers(
      @ForAll @Size(min = 15, max = 40) List<@IntRange(min = 90, max = 110) Integer> values,
      @ForAll @IntRange(min = 14, max = 39) int at,
      @ForAll Method method) {
    List<Point> good = days(values);
    List<Point> withBad = new ArrayList<>(good);
    Point bad = new Point("bad", day(at, 0).at().plusHours(1), 1_000_000);
    withBad.add(bad);

    List<JudgedPoint> judged = judge(rule(method, Season.NONE), withBad);

    assertThat(judged.stream().filter(p -> p.point().equals(bad)).findFirst().orElseThrow())
        .returns(Outcome.UNUSUAL, JudgedPoint::outcome);
    assertThat(judged.stream().filter(p -> !p.point().equals(bad)).toList())
        .isEqualTo(judge(rule(method, Season.NONE), good));
  }

  @Property(tries = 100)
  void aUnitThatIsWrittenAgainCountsOnce(
      @ForAll @Size(min = 20, max = 40) List<@IntRange(min = 90, max = 110) Integer> values,
      @ForAll Method method,
      @ForAll Season season) {
    List<Point> days = days(values);
    Point newest = days.get(days.size() - 1);
    AnomalyDetector detector = new AnomalyDetector(rule(method, season));
    History before = new History(days.subList(0, days.size() - 1), List.of(), Optional.empty());
    History withIt = new History(days, List.of(), Optional.empty());

    assertThat(detector.judge(withIt, List.of(newest)))
        .isEqualTo(detector.judge(before, List.of(newest)));
  }

  @Property(tries = 200)
  void boundsGoWithTheValues(
      @ForAll @Size(value = 20) List<@IntRange(min = -1_000, max = 1_000) Integer> values,
      @ForAll @DoubleRange(min = 0.5, max = 100) double factor,
      @ForAll @IntRange(min = -1_000, max = 1_000) int shift) {
    for (Method method : List.of(Method.ROBUST, Method.ZSCORE)) {
      Bounds bounds = boundsAfter(method, values.stream().map(v -> (double) v).toList());
      Bounds moved = boundsAfter(method, values.stream().map(v -> v * factor + shift).toList());

      assertThat(moved.lower()).isCloseTo(bounds.lower() * factor + shift, within(1e-5));
      assertThat(moved.expected()).isCloseTo(bounds.expected() * factor + shift, within(1e-5));
      assertThat(moved.upper()).isCloseTo(bounds.upper() * factor + shift, within(1e-5));
    }
  }

  @Property(tries = 200)
  void fourOfTwentyValuesFarAwayDoNotMoveRobustBoundsOverAllOthers(
      @ForAll @Size(value = 16) List<@IntRange(min = 90, max = 110) Integer> values,
      @ForAll @Size(value = 4) List<@IntRange(min = 1_000_000, max = 2_000_000) Integer> far) {
    List<Double> all = new ArrayList<>(values.stream().map(v -> (double) v).toList());
    far.forEach(value -> all.add((double) value));

    Bounds bounds = boundsAfter(Method.ROBUST, all);

    assertThat(bounds.expected()).isBetween(90.0, 110.0);
    assertThat(bounds.upper()).isLessThan(1_000);
  }

  private static Bounds boundsAfter(Method method, List<Double> values) {
    History history = new History(days(values), List.of(), Optional.empty());
    return judged(new AnomalyDetector(rule(method, Season.NONE)), history, day(100, 0))
        .bounds()
        .orElseThrow();
  }

  /** The tables of Student's distribution. */
  @ParameterizedTest
  @CsvSource({
    "2.5758293, 9, 3.2498, 0.001",
    "1.9599640, 30, 2.0423, 0.0005",
    "3.2905267, 20, 3.8495, 0.001",
    "2.5758293, 4, 4.6041, 0.02",
    "1.6448536, 1000, 1.6464, 0.0005"
  })
  void studentsDistributionIsThatOfTheTables(
      double normal, double freedom, double quantile, double within) {
    assertThat(Student.quantile(normal, freedom)).isCloseTo(quantile, within(within));
  }

  @Test
  void aQuantityIsReadOfItsState() {
    Moments moments = new Moments(4, 2.5, 5, 0, 0, BigDecimal.TEN);
    Extremes extremes = new Extremes(Extremes.Type.DECIMAL, 2, List.of("-1.50", "7.25"));

    assertThat(Quantities.of(Quantity.ROWS, new Counts(0, 0))).hasValue(0);
    assertThat(Quantities.of(Quantity.COMPLETENESS, new Counts(3, 4))).hasValue(0.75);
    assertThat(Quantities.of(Quantity.COMPLETENESS, new Counts(0, 0))).isEmpty();
    assertThat(Quantities.of(Quantity.MEAN, moments)).hasValue(2.5);
    assertThat(Quantities.of(Quantity.SUM, moments)).hasValue(10);
    assertThat(Quantities.of(Quantity.DEVIATION, moments)).hasValue(Math.sqrt(1.25));
    assertThat(Quantities.of(Quantity.MIN, extremes)).hasValue(-1.5);
    assertThat(Quantities.of(Quantity.MAX, extremes)).hasValue(7.25);
    assertThat(Quantities.of(Quantity.MIN, Extremes.none())).isEmpty();
  }

  @Test
  void boundsGoNoFurtherThanAQuantityCan() {
    assertThat(Quantities.possible(Quantity.ROWS, new Bounds(-5, 2, 9)))
        .isEqualTo(new Bounds(0, 2, 9));
    assertThat(Quantities.possible(Quantity.COMPLETENESS, new Bounds(0.9, 0.99, 1.08)))
        .isEqualTo(new Bounds(0.9, 0.99, 1));
  }
}
