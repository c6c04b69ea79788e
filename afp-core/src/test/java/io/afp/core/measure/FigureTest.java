package io.afp.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.Bounds;
import io.afp.core.definition.MetricRule.Comparison;
import io.afp.core.definition.MetricRule.DistinctSet;
import io.afp.core.definition.MetricRule.Quantile;
import io.afp.core.definition.MetricRule.Statistic;
import io.afp.core.definition.MetricRule.Statistical;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FigureTest {

  private static final Bounds BOUNDS = new Bounds(Optional.of("0"), Optional.empty());

  @Test
  void sumAndMeanOfWholeNumbersAreExact() {
    Moments moments = new Moments(3, 1.0 / 3, 2, 0, 0, new BigDecimal("9007199254740993"));
    assertThat(text(Statistic.SUM, moments)).contains("9007199254740993");
    assertThat(text(Statistic.MEAN, moments)).contains("3002399751580331");
  }

  @Test
  void aSumOfZeroIsZeroHoweverTheMeanIsRounded() {
    Moments moments = new Moments(3, 1e-17, 2, 0, 0, BigDecimal.ZERO);
    assertThat(text(Statistic.SUM, moments)).contains("0");
    assertThat(text(Statistic.MEAN, moments)).contains("0");
  }

  @Test
  void theDeviationIsThatOfASample() {
    Moments moments = new Moments(2, 2, 2, 0, 0, new BigDecimal("4"));
    assertThat(text(Statistic.STDDEV, moments)).contains("1.41421356237");
    Moments one = new Moments(1, 2, 0, 0, 0, new BigDecimal("2"));
    assertThat(text(Statistic.STDDEV, one)).isEmpty();
  }

  @Test
  void whatIsNotFiniteIsShownAndIsNoNumber() {
    Moments moments = new Moments(2, Double.NaN, 0, 0, 0, BigDecimal.ZERO);
    Figure mean = Figure.of(new Statistical(Statistic.MEAN, BOUNDS), moments);
    assertThat(mean.text()).contains("NaN");
    assertThat(mean.exact()).isEmpty();
  }

  @Test
  void aQuantileIsOneOfTheNumbers() {
    List<Quantiles.Sample> samples =
        LongStream.rangeClosed(1, 10).mapToObj(i -> new Quantiles.Sample(i, 1, 0)).toList();
    Quantiles ten = new Quantiles(10, 0.001, samples);
    assertThat(text(Statistic.MEDIAN, ten)).contains("5");
    Quantile most = new Quantile(new BigDecimal("0.95"), BOUNDS);
    assertThat(Figure.of(most, ten).text()).contains("10");
    Quantile least = new Quantile(BigDecimal.ZERO, BOUNDS);
    assertThat(Figure.of(least, ten).text()).contains("1");
  }

  @Test
  void whatIsJudgedHasNoDigitsThatRoundingMade() {
    List<Quantiles.Sample> samples =
        Stream.of(0.1, 0.2, 0.3, 0.4).map(value -> new Quantiles.Sample(value, 1, 0)).toList();
    Quantiles tenths = new Quantiles(4, 0.001, samples);
    assertThat(exact(Statistic.INTERQUARTILE_RANGE, tenths)).isEqualByComparingTo("0.2");
    assertThat(exact(Statistic.VARIANCE, moments(19.9, 20, 20.1))).isEqualByComparingTo("0.01");
    assertThat(exact(Statistic.STDDEV, moments(19.9, 20, 20.1))).isEqualByComparingTo("0.1");
    assertThat(exact(Statistic.MEAN, moments(0.1, 0.2, 0.3))).isEqualByComparingTo("0.2");
    assertThat(exact(Statistic.SUM, moments(0.1, 0.2, 0.3))).isEqualByComparingTo("0.6");
    assertThat(exact(Statistic.SKEWNESS, moments(0.1, 0.2, 0.3))).isEqualByComparingTo("0");
    assertThat(exact(Statistic.KURTOSIS, moments(0.1, 0.2, 0.3))).isEqualByComparingTo("-1.5");
    Quantiles endless =
        new Quantiles(
            2,
            0.001,
            List.of(
                new Quantiles.Sample(1, 1, 0),
                new Quantiles.Sample(Double.POSITIVE_INFINITY, 1, 0)));
    assertThat(text(Statistic.INTERQUARTILE_RANGE, endless)).contains("Infinity");
  }

  private static Moments moments(double... numbers) {
    return Arrays.stream(numbers)
        .mapToObj(number -> new Moments(1, number, 0, 0, 0, BigDecimal.ZERO))
        .reduce(Moments.none(), Moments::plus);
  }

  private static BigDecimal exact(Statistic statistic, State state) {
    return Figure.of(new Statistical(statistic, BOUNDS), state).exact().orElseThrow();
  }

  @Test
  void howManyLiteralsOfASetThereAreIsNoNumber() {
    Frequencies places = Frequencies.of(3, Map.of("0", 2L, "-1", 1L));
    Figure figure = Figure.of(new DistinctSet(Comparison.CONTAINS, List.of("a", "b")), places);
    assertThat(figure.text()).isEmpty();
    assertThat(figure.exact()).isEmpty();
  }

  @Test
  void ofNoValueThereIsNone() {
    assertThat(text(Statistic.MIN, Extremes.none())).isEmpty();
    assertThat(text(Statistic.MEAN, Moments.none())).isEmpty();
    assertThat(text(Statistic.MEDIAN, Quantiles.none(0.001))).isEmpty();
  }

  private static Optional<String> text(Statistic statistic, State state) {
    return Figure.of(new Statistical(statistic, BOUNDS), state).text();
  }
}
