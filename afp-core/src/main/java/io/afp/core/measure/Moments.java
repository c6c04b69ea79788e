package io.afp.core.measure;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The mean of numbers, and how they lie around it.
 *
 * @param judged how many numbers there were
 * @param m2 the sum of the squares of their distances from the mean; {@code m3} and {@code m4}
 *     those of the third and fourth powers
 * @param exact their sum without any rounding; {@code 0} for floating point numbers, which have
 *     none
 */
public record Moments(long judged, double mean, double m2, double m3, double m4, BigDecimal exact)
    implements State {

  private static final double ROUNDING = 1e-12;

  /** Those of no rows. */
  public static Moments none() {
    return new Moments(0, 0, 0, 0, 0, BigDecimal.ZERO);
  }

  /** The mean. */
  @Override
  public OptionalDouble value() {
    return judged == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean);
  }

  /** Whether {@link #exact} is the sum; so is 0, where the mean is 0 but for rounding. */
  boolean isExact() {
    return exact.signum() != 0 || Math.abs(mean) <= ROUNDING * deviation().orElse(0.0);
  }

  /** The sum of the numbers. */
  public double sum() {
    return isExact() ? exact.doubleValue() : mean * judged;
  }

  /** The standard deviation of all numbers, as that of a population. */
  public Optional<Double> deviation() {
    return judged == 0 ? Optional.empty() : Optional.of(Math.sqrt(m2 / judged));
  }

  /** The standard deviation of a sample; empty for less than two numbers. */
  public Optional<Double> sampleDeviation() {
    return sampleVariance().map(Math::sqrt);
  }

  /** The variance of a sample; empty for less than two numbers. */
  Optional<Double> sampleVariance() {
    return judged < 2 ? Optional.empty() : Optional.of(m2 / (judged - 1));
  }

  /** The third moment, in units of the deviation; empty where all numbers are the same. */
  Optional<Double> skewness() {
    return isConstant()
        ? Optional.empty()
        : Optional.of(Math.sqrt(judged) * m3 / Math.pow(m2, 1.5));
  }

  /** The fourth moment, in units of the deviation, without that of a normal distribution. */
  Optional<Double> kurtosis() {
    return isConstant() ? Optional.empty() : Optional.of(judged * m4 / (m2 * m2) - 3);
  }

  private boolean isConstant() {
    return judged == 0 || m2 == 0;
  }

  @Override
  public Moments plus(State other) {
    Moments b = (Moments) other;
    if (judged == 0 || b.judged == 0) {
      return judged == 0 ? b : this;
    }
    double na = judged;
    double nb = b.judged;
    double n = na + nb;
    double delta = b.mean - mean;
    double step = delta / n;
    double both = na * nb;
    double squares = m2 + b.m2 + delta * step * both;
    double cubes =
        m3 + b.m3 + delta * step * step * both * (na - nb) + 3 * step * (na * b.m2 - nb * m2);
    double fourths =
        m4
            + b.m4
            + delta * step * step * step * both * (na * na - both + nb * nb)
            + 6 * step * step * (na * na * b.m2 + nb * nb * m2)
            + 4 * step * (na * b.m3 - nb * m3);
    return new Moments(
        judged + b.judged, mean + step * nb, squares, cubes, fourths, exact.add(b.exact));
  }
}
