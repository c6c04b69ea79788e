package io.afp.core.measure;

import io.afp.core.definition.MetricRule.Distance;
import io.afp.core.definition.MetricRule.Distribution;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How far two distributions are apart, from 0 to 1. Of shares they are exact to 12 digits, so that
 * what is as far as is allowed is not said to be further.
 */
public final class Distances {

  /** What the counts of a declared distribution have for all values that it does not name. */
  public static final String OTHERS = "others";

  private static final int DIGITS = 12;

  private Distances() {}

  /**
   * From what a rule declares.
   *
   * @param state how often each place of the declaration occurs: {@code 0} for the value, or the
   *     numbers up to that, which is named first; {@link #OTHERS} for what has no place
   * @return empty where there is nothing to compare, or nothing is declared
   */
  public static Optional<BigDecimal> fromDeclared(Distribution rule, State state) {
    return state instanceof Frequencies found && found.judged() > 0 && !rule.isOfBefore()
        ? Optional.of(rounded(distance(rule, found)))
        : Optional.empty();
  }

  private static BigDecimal distance(Distribution rule, Frequencies found) {
    boolean cumulates = rule.distance() == Distance.KOLMOGOROV_SMIRNOV;
    BigDecimal result = BigDecimal.ZERO;
    BigDecimal rest = BigDecimal.ONE;
    long below = 0;
    int place = 0;
    for (BigDecimal declared : rule.declared().values()) {
      long count = found.counts().getOrDefault(Integer.toString(place++), 0L);
      below += count;
      rest = rest.subtract(declared);
      BigDecimal apart = share(cumulates ? below : count, found.judged()).subtract(declared).abs();
      result = cumulates ? result.max(apart) : result.add(apart);
    }
    BigDecimal others = share(found.judged() - below, found.judged()).subtract(rest).abs();
    return cumulates ? result : half(result.add(others));
  }

  /**
   * From one that was measured before.
   *
   * @param now {@link Frequencies} of values, or {@link Quantiles}
   * @param before of the same kind
   * @return empty where there is nothing to compare, or there were too many values to count
   */
  public static Optional<BigDecimal> between(State now, State before) {
    if (now.judged() == 0 || before.judged() == 0) {
      return Optional.empty();
    }
    if (now instanceof Quantiles quantiles) {
      return Optional.of(rounded(kolmogorovSmirnov(quantiles, (Quantiles) before)));
    }
    Frequencies a = (Frequencies) now;
    Frequencies b = (Frequencies) before;
    return a.tooMany() || b.tooMany()
        ? Optional.empty()
        : Optional.of(rounded(totalVariation(a, b)));
  }

  private static BigDecimal totalVariation(Frequencies a, Frequencies b) {
    Set<String> values = new TreeSet<>(a.counts().keySet());
    values.addAll(b.counts().keySet());
    return half(
        values.stream()
            .map(value -> share(a, value).subtract(share(b, value)).abs())
            .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  /** The shares change only where one of them has a number. */
  private static BigDecimal kolmogorovSmirnov(Quantiles a, Quantiles b) {
    double most =
        Stream.concat(a.samples().stream(), b.samples().stream())
            .mapToDouble(Quantiles.Sample::value)
            .map(number -> Math.abs(a.shareUpTo(number) - b.shareUpTo(number)))
            .max()
            .orElse(0);
    return BigDecimal.valueOf(most);
  }

  private static BigDecimal share(Frequencies of, String value) {
    return share(of.counts().getOrDefault(value, 0L), of.judged());
  }

  private static BigDecimal share(long part, long all) {
    return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(all), MathContext.DECIMAL128);
  }

  private static BigDecimal half(BigDecimal sum) {
    return sum.divide(BigDecimal.valueOf(2), MathContext.DECIMAL128);
  }

  private static BigDecimal rounded(BigDecimal distance) {
    return distance.setScale(DIGITS, RoundingMode.HALF_EVEN);
  }
}
