package io.afp.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.afp.core.definition.MetricRule.Distance;
import io.afp.core.definition.MetricRule.Distribution;
import io.afp.core.definition.MetricRule.Places;
import io.afp.core.measure.Divergence.Bucket;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatesTest {

  /** States of one number, as a tally of one row has them. */
  private static List<State> of(int number) {
    String text = Integer.toString(number);
    Long[] words = IntStream.range(0, Distinct.WORDS).mapToObj(i -> 0L).toArray(Long[]::new);
    words[Math.floorMod(number, Distinct.WORDS)] = 1L + Math.floorMod(number, 60);
    return List.of(
        new Counts(number > 0 ? 1 : 0, 1),
        new Extremes(Extremes.Type.LONG, 1, List.of(text, text)),
        new Moments(1, number, 0, 0, 0, BigDecimal.valueOf(number)),
        new Distinct(1, List.of(words)),
        new Quantiles(1, 0.01, List.of(new Quantiles.Sample(number, 1, 0))),
        Frequencies.of(1, Map.of(text, 1L)),
        new Comoments(1, number, -2 * number, 0, 0, 0));
  }

  private static List<State> none() {
    return List.of(
        new Counts(0, 0),
        Extremes.none(),
        Moments.none(),
        Distinct.none(),
        Quantiles.none(0.01),
        Frequencies.none(),
        Comoments.none());
  }

  private static List<State> sum(List<State> a, List<State> b) {
    return IntStream.range(0, a.size()).mapToObj(i -> a.get(i).plus(b.get(i))).toList();
  }

  private static List<State> sum(List<Integer> numbers) {
    return numbers.stream().map(StatesTest::of).reduce(none(), StatesTest::sum);
  }

  @Property(tries = 200)
  void whereRowsAreDividedDoesNotMatter(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = -50, max = 50) Integer> numbers,
      @ForAll @IntRange(max = 60) int at) {
    int cut = Math.min(at, numbers.size());
    List<State> whole = sum(numbers);
    List<State> parts =
        sum(sum(numbers.subList(0, cut)), sum(numbers.subList(cut, numbers.size())));
    for (int i : new int[] {0, 1, 3, 5}) {
      assertThat(parts.get(i)).isEqualTo(whole.get(i));
    }
    assertMoments((Moments) parts.get(2), numbers);
    assertComoments((Comoments) parts.get(6), (Moments) parts.get(2));
    assertThat(parts.get(4).judged()).isEqualTo(numbers.size());
  }

  /** Of numbers and others that are theirs times -2. */
  private static void assertComoments(Comoments found, Moments first) {
    assertThat(found.xx()).isCloseTo(first.m2(), within(1e-6));
    assertThat(found.yy()).isCloseTo(4 * first.m2(), within(1e-6));
    assertThat(found.xy()).isCloseTo(-2 * first.m2(), within(1e-6));
    found.correlation().ifPresent(c -> assertThat(c).isCloseTo(-1, within(1e-9)));
  }

  /** By the definition of the moments. */
  private static void assertMoments(Moments moments, List<Integer> numbers) {
    double mean = numbers.stream().mapToInt(n -> n).average().orElseThrow();
    assertThat(moments.mean()).isCloseTo(mean, within(1e-9));
    assertThat(moments.exact())
        .isEqualTo(BigDecimal.valueOf(numbers.stream().mapToInt(n -> n).sum()));
    double[] found = {moments.m2(), moments.m3(), moments.m4()};
    for (int power = 2; power <= 4; power++) {
      int p = power;
      double sum = numbers.stream().mapToDouble(n -> Math.pow(n - mean, p)).sum();
      assertThat(found[power - 2]).isCloseTo(sum, within(1e-9 * Math.pow(100, p) * 60));
    }
  }

  @Property(tries = 100)
  void theLedgerGivesBackWhatItWasGiven(
      @ForAll @Size(max = 30) List<@IntRange(min = -50, max = 50) Integer> numbers) {
    for (State state : sum(numbers)) {
      assertThat(StateJson.read(StateJson.write(state))).isEqualTo(state);
    }
  }

  @Property(tries = 100)
  void soItDoesWithNumbersThatAreNone(@ForAll("doubles") double number) {
    for (State state :
        List.of(
            new Moments(3, number, number, number, number, new BigDecimal("1.50")),
            new Comoments(3, number, number, number, number, number),
            new Quantiles(1, 0.1, List.of(new Quantiles.Sample(number, 1, 0))))) {
      assertThat(StateJson.read(StateJson.write(state))).isEqualTo(state);
    }
  }

  @Provide
  Arbitrary<Double> doubles() {
    return Arbitraries.oneOf(
        Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0),
        Arbitraries.doubles());
  }

  @Test
  void whatIsUnmeasuredStaysSoAndIsNotKept() {
    Unmeasured unmeasured = new Unmeasured("it failed");
    assertThat(unmeasured.plus(new Counts(1, 1))).isEqualTo(unmeasured);
    assertThatThrownBy(() -> StateJson.write(unmeasured)).hasMessageContaining("it failed");
  }

  @Test
  void extremesAreOrderedAsSparkOrdersValues() {
    assertThat(extremes(Extremes.Type.DOUBLE, "NaN", "-Infinity", "Infinity", "-0.0").bounds())
        .containsExactly("-Infinity", "NaN");
    assertThat(extremes(Extremes.Type.DECIMAL, "10.00", "9.99", "-1E+3").bounds())
        .containsExactly("-1E+3", "10.00");
    assertThat(extremes(Extremes.Type.DATE, "2024-01-10", "0999-01-01").bounds())
        .containsExactly("0999-01-01", "2024-01-10");
    String emoji = "\ud83d\ude00";
    assertThat(extremes(Extremes.Type.TEXT, emoji, "\uffee").max())
        .as("by bytes, not by the units of UTF-16")
        .contains(emoji);
  }

  private static Extremes extremes(Extremes.Type type, String... values) {
    Extremes all = Extremes.none();
    for (String value : values) {
      all = all.plus(new Extremes(type, 1, List.of(value, value)));
    }
    return all;
  }

  @Test
  void frequenciesOfTooManyValuesAreForgotten() {
    Map<String, Long> many =
        IntStream.rangeClosed(1, Frequencies.MOST)
            .boxed()
            .collect(Collectors.toMap(String::valueOf, i -> 1L));
    Frequencies full = Frequencies.of(Frequencies.MOST, many);
    assertThat(full.tooMany()).isFalse();
    assertThat(full.plus(Frequencies.of(1, Map.of("7", 1L))).counts()).containsEntry("7", 2L);
    Frequencies over = full.plus(Frequencies.of(1, Map.of("new", 1L)));
    assertThat(over.tooMany()).isTrue();
    assertThat(over.plus(full).tooMany()).isTrue();
    assertThat(over.judged()).isEqualTo(Frequencies.MOST + 1);
  }

  @Property(tries = 200)
  void aDistanceIsThatOfItsDefinition(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = -9, max = 9) Integer> one,
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = -9, max = 9) Integer> other) {
    double variation = 0;
    double largest = 0;
    for (int i = -9; i <= 9; i++) {
      int number = i;
      variation += Math.abs(share(one, n -> n == number) - share(other, n -> n == number)) / 2;
      largest =
          Math.max(
              largest, Math.abs(share(one, n -> n <= number) - share(other, n -> n <= number)));
    }
    List<State> a = sum(one);
    List<State> b = sum(other);
    assertThat(
            Distances.between(Distance.TOTAL_VARIATION, a.get(5), b.get(5))
                .orElseThrow()
                .doubleValue())
        .isCloseTo(variation, within(1e-9));
    assertThat(
            Distances.between(Distance.KOLMOGOROV_SMIRNOV, a.get(4), b.get(4))
                .orElseThrow()
                .doubleValue())
        .as("as far as ranks are told")
        .isCloseTo(largest, within(0.04));
    assertThat(Distances.between(Distance.TOTAL_VARIATION, a.get(5), Frequencies.none())).isEmpty();
  }

  private static double share(List<Integer> numbers, IntPredicate wanted) {
    return numbers.stream().mapToInt(n -> n).filter(wanted).count() / (double) numbers.size();
  }

  @Test
  void howOftenASumOfSquaresIsExceededIsToldByItsDistribution() {
    double[][] known = {
      {3.841, 1, 0.0500136837639567},
      {18.307, 10, 0.0500005890913981},
      {0.5, 3, 0.918891411654676},
      {1000, 999, 0.485131489274901},
      {1500, 999, 8.51313565549161e-23},
      {60, 7, 1.50955530229891e-10},
      {2.5, 2, 0.28650479686019},
      {1e6, 999, 0},
      {0, 4, 1},
      {7, 0, 1}
    };
    for (double[] each : known) {
      assertThat(ChiSquared.exceeds(each[0], (int) each[1])).isCloseTo(each[2], within(1e-12));
    }
  }

  private static Divergence divergence(double... foundAndExpected) {
    return new Divergence(
        IntStream.range(0, foundAndExpected.length / 2)
            .mapToObj(i -> new Bucket(foundAndExpected[2 * i], foundAndExpected[2 * i + 1]))
            .toList());
  }

  @Test
  void anEmptyBucketIsNotInfinitelyFarAway() {
    Divergence one = divergence(60, 50, 40, 30, 0, 20);
    assertThat(one.thereAndBack()).isCloseTo(0.7774767933658351, within(1e-12));
    assertThat(one.fromExpected()).isCloseTo(0.20254729036028726, within(1e-12));
    assertThat(divergence(7, 7, 0, 0, 3, 3).thereAndBack()).isZero();
    assertThat(divergence(9, 0, 0, 90).thereAndBack()).isBetween(1.0, 100.0);
  }

  @Test
  void whatIsRareTellsNothingOfChanceByItself() {
    assertThat(divergence(60, 50, 40, 50).chanceOfDeclared())
        .isCloseTo(0.0455002638963584, within(1e-12));
    assertThat(divergence(60, 60, 40, 39.9, 1, 0.1).chanceOfDeclared()).isGreaterThan(0.8);
    assertThat(divergence(60, 61, 40, 40, 1, 0).chanceOfDeclared())
        .as("what must not be can't be by chance")
        .isZero();
    assertThat(divergence(999, 30_000, 1, 0).chanceOfOther()).as("one new value").isEqualTo(1);
    assertThat(divergence(970, 30_000, 30, 0).chanceOfOther()).as("thirty").isLessThan(1e-9);
    assertThat(divergence(60, 50, 40, 50).chanceOfOther())
        .isEqualTo(divergence(50, 60, 50, 40).chanceOfOther())
        .isCloseTo(0.155218, within(1e-6));
    assertThat(divergence(2, 0, 1, 0).chanceOfDeclared()).isZero();
    assertThat(divergence(2, 1.5, 1, 1.5).chanceOfDeclared()).as("three values").isEqualTo(1);
  }

  @Test
  void rowsThatHaveTheDistributionAreSeldomSaidNotTo() {
    Random random = new Random(7);
    int declared = 0;
    int before = 0;
    for (int i = 0; i < 500; i++) {
      double[] values = new double[100];
      Arrays.setAll(values, at -> at % 2 == 0 ? 0 : 4);
      random.ints(200, 0, 50).forEach(value -> values[2 * value]++);
      declared += divergence(values).chanceOfDeclared() < 0.01 ? 1 : 0;
      Arrays.setAll(values, at -> at % 2 == 0 ? values[at] : 0);
      random.ints(1000, 0, 50).forEach(value -> values[2 * value + 1]++);
      before += divergence(values).chanceOfOther() < 0.01 ? 1 : 0;
    }
    assertThat(declared).as("of 500 at a limit of 1 %").isLessThan(20);
    assertThat(before).as("of 500 at a limit of 1 %").isLessThan(20);
  }

  @Test
  void aDistanceThatIsAllowedIsNotLargerForItsDigits() {
    Frequencies found = Frequencies.of(100, Map.of("0", 55L, Distances.OTHERS, 45L));
    Distribution half =
        new Distribution(
            Distance.TOTAL_VARIATION,
            Places.VALUES,
            Map.of("a", new BigDecimal("0.5")),
            BigDecimal.ZERO);
    assertThat(Distances.fromDeclared(half, found).orElseThrow()).isEqualByComparingTo("0.05");
    Frequencies thirds = Frequencies.of(3, Map.of("0", 1L, "1", 1L, Distances.OTHERS, 1L));
    Distribution upTo =
        new Distribution(
            Distance.KOLMOGOROV_SMIRNOV,
            Places.UP_TO,
            new TreeMap<>(Map.of("1", new BigDecimal("0.5"), "2", new BigDecimal("0.6"))),
            BigDecimal.ZERO);
    assertThat(Distances.fromDeclared(upTo, thirds).orElseThrow().doubleValue())
        .isCloseTo(1 / 6.0, within(1e-9));
    assertThat(Distances.fromDeclared(upTo, Frequencies.none())).isEmpty();
  }
}
