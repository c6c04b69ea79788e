package io.afp.core.measure;

import io.afp.core.definition.MetricRule.Distance;
import io.afp.core.definition.MetricRule.Distribution;
import io.afp.core.definition.MetricRule.Places;
import io.afp.core.measure.Divergence.Bucket;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How far two distributions are apart. Of shares they are exact to 12 digits, so that what is as
 * far as is allowed is not said to be further.
 */
public final class Distances {

  /** What the counts of a declared distribution have for all values that it does not name. */
  public static final String OTHERS = "others";

  private static final int DIGITS = 12;
  private static final int PARTS = 10;

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
    return switch (rule.distance()) {
      case TOTAL_VARIATION, KOLMOGOROV_SMIRNOV -> ofShares(rule, found);
      default -> BigDecimal.valueOf(divergence(rule.distance(), declared(rule, found), true));
    };
  }

  private static double divergence(Distance distance, List<Bucket> buckets, boolean declared) {
    Divergence divergence = new Divergence(buckets);
    return switch (distance) {
      case POPULATION_STABILITY_INDEX -> divergence.thereAndBack();
      case KULLBACK_LEIBLER -> divergence.fromExpected();
      default -> declared ? divergence.chanceOfDeclared() : divergence.chanceOfOther();
    };
  }

  /** How often each place occurs, and how often it would among as many values. */
  private static List<Bucket> declared(Distribution rule, Frequencies found) {
    List<Bucket> buckets = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal declared : rule.declared().values()) {
      boolean cumulates = rule.places() == Places.UP_TO;
      BigDecimal share = cumulates ? declared.subtract(sum) : declared;
      sum = sum.add(share);
      long count = found.counts().getOrDefault(Integer.toString(buckets.size()), 0L);
      buckets.add(new Bucket(count, share.doubleValue() * found.judged()));
    }
    long others = found.counts().getOrDefault(OTHERS, 0L);
    buckets.add(new Bucket(others, BigDecimal.ONE.subtract(sum).doubleValue() * found.judged()));
    return buckets;
  }

  private static BigDecimal ofShares(Distribution rule, Frequencies found) {
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
   * @param distance of numbers it is measured by {@link Quantiles}, of values by {@link
   *     Frequencies}
   * @param before of the same kind as now
   * @return empty where there is nothing to compare, or there were too many values to count
   */
  public static Optional<BigDecimal> between(Distance distance, State now, State before) {
    boolean nothing = now.judged() == 0 || before.judged() == 0 || tooMany(now) || tooMany(before);
    return nothing ? Optional.empty() : Optional.of(rounded(distance(distance, now, before)));
  }

  private static boolean tooMany(State state) {
    return state instanceof Frequencies values && values.tooMany();
  }

  private static BigDecimal distance(Distance distance, State now, State before) {
    return switch (distance) {
      case TOTAL_VARIATION -> totalVariation((Frequencies) now, (Frequencies) before);
      case KOLMOGOROV_SMIRNOV -> kolmogorovSmirnov((Quantiles) now, (Quantiles) before);
      default -> BigDecimal.valueOf(divergence(distance, buckets(now, before), false));
    };
  }

  private static List<Bucket> buckets(State now, State before) {
    return now instanceof Quantiles quantiles
        ? numbers(quantiles, (Quantiles) before)
        : values((Frequencies) now, (Frequencies) before);
  }

  /** In one order, so that sums of fractions are the same. */
  private static Stream<String> valuesOf(Frequencies a, Frequencies b) {
    Set<String> values = new TreeSet<>(a.counts().keySet());
    values.addAll(b.counts().keySet());
    return values.stream();
  }

  private static List<Bucket> values(Frequencies a, Frequencies b) {
    return valuesOf(a, b)
        .map(
            value ->
                new Bucket(a.counts().getOrDefault(value, 0L), b.counts().getOrDefault(value, 0L)))
        .toList();
  }

  /**
   * Ten that had as many numbers before; and what is below or above all that there were, so that a
   * column of one number is not the same as one of another.
   */
  private static List<Bucket> numbers(Quantiles now, Quantiles before) {
    SortedSet<Double> ends = new TreeSet<>();
    IntStream.rangeClosed(0, PARTS)
        .forEach(i -> ends.add(before.at(i / (double) PARTS).orElseThrow()));
    ends.add(Math.nextDown(ends.first()));
    List<Bucket> buckets = new ArrayList<>();
    double a = 0;
    double b = 0;
    for (double end : ends) {
      double nextA = Math.max(a, now.shareUpTo(end) * now.judged());
      double nextB = Math.max(b, before.shareUpTo(end) * before.judged());
      buckets.add(new Bucket(nextA - a, nextB - b));
      a = nextA;
      b = nextB;
    }
    buckets.add(new Bucket(now.judged() - a, before.judged() - b));
    return buckets;
  }

  private static BigDecimal totalVariation(Frequencies a, Frequencies b) {
    return half(
        valuesOf(a, b)
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
