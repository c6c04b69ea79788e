package io.afp.core.measure;

/** The chi-squared distribution: of the sum of the squares of normal values. */
final class ChiSquared {

  private static final double PRECISION = 1e-15;
  private static final double TINY = 1e-300;

  private ChiSquared() {}

  /**
   * How often such a sum is larger than one.
   *
   * @param freedom degrees of freedom; without any there is no sum, and it is as large as that
   */
  static double exceeds(double sum, int freedom) {
    if (freedom < 1 || sum <= 0) {
      return 1;
    }
    double a = freedom / 2.0;
    double x = sum / 2;
    return x < a + 1 ? 1 - byPowers(a, x) : byFraction(a, x);
  }

  /** The lower incomplete gamma function by its series (Abramowitz and Stegun 6.5.29). */
  private static double byPowers(double a, double x) {
    double term = 1;
    double sum = 1;
    for (double n = a + 1; term > PRECISION * sum; n++) {
      term *= x / n;
      sum += term;
    }
    return sum * Math.exp(a * Math.log(x) - x - logGamma(a + 1));
  }

  /** The upper one by its continued fraction (Abramowitz and Stegun 6.5.31), after Lentz. */
  private static double byFraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double fraction = d;
    double step = 0;
    for (int n = 1; Math.abs(step - 1) > PRECISION; n++) {
      double weight = -n * (n - a);
      b += 2;
      d = 1 / nonZero(weight * d + b);
      c = nonZero(b + weight / c);
      step = c * d;
      fraction *= step;
    }
    return fraction * Math.exp(a * Math.log(x) - x - logGamma(a));
  }

  private static double nonZero(double number) {
    return Math.abs(number) < TINY ? TINY : number;
  }

  /** Of a multiple of a half, by its recurrence. */
  private static double logGamma(double a) {
    boolean whole = a == Math.rint(a);
    double log = whole ? 0 : Math.log(Math.PI) / 2;
    for (double n = whole ? 1 : 0.5; n < a; n++) {
      log += Math.log(n);
    }
    return log;
  }
}
