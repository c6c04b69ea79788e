package io.afp.ingestion.csv;

/**
 * Numbers whose digits and whose power of ten are both exact as a double: one multiplication or
 * division of them is rounded once, and so gives what Java reads (Clinger 1990).
 */
final class ExactDouble {

  /** What {@link #of} gives for all other numbers. */
  static final double OTHER = Double.NaN;

  private static final long MOST_DIGITS = 1L << 53;
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private ExactDouble() {}

  /** The number; {@link #OTHER} where more than one step is needed. */
  static double of(NumberText number) {
    int power = number.exponent() - number.decimals();
    if (number.digits() > MOST_DIGITS || Math.abs(power) >= POWERS.length) {
      return OTHER;
    }
    double digits = number.isNegative() ? -(double) number.digits() : number.digits();
    return power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
  }
}
