package io.afp.ingestion.csv;

import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * The doubles nearest to numbers in digits: those that Java reads. Numbers of which it takes more
 * than a multiplication to be sure are left out; they are few.
 */
final class NearestDouble {

  /** What {@link #of} gives for a number that is left out. */
  static final double NONE = Double.NaN;

  private static final long MOST_EXACT = 1L << 53;
  private static final double[] EXACT = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final int SMALLEST = -330;
  private static final int LARGEST = 308;
  private static final long[] POWERS =
      IntStream.rangeClosed(SMALLEST, LARGEST).mapToLong(NearestDouble::upperBits).toArray();
  private static final long BELOW = (1L << 9) - 1;
  private static final int BIAS = 1023;

  private NearestDouble() {}

  /** The nearest double, or {@link #NONE}. */
  static double of(NumberText number) {
    int power = number.exponent() - number.decimals();
    boolean isExact = number.digits() <= MOST_EXACT && Math.abs(power) < EXACT.length;
    double found = isExact ? exact(number.digits(), power) : product(number.digits(), power);
    return number.isNegative() ? -found : found;
  }

  /** Both numbers are exact as doubles, so that their product is rounded once (Clinger 1990). */
  private static double exact(double digits, int power) {
    return power < 0 ? digits / EXACT[-power] : digits * EXACT[power];
  }

  /**
   * The upper bits of the product of digits and power, as by Eisel and Lemire (2021). The power is
   * cut to 64 bits, so that the true product is above the one here by less than {@code factor}.
   */
  private static double product(long digits, int power) {
    if (digits == 0 || power < SMALLEST || power > LARGEST) {
      return NONE;
    }
    int shift = Long.numberOfLeadingZeros(digits);
    long factor = digits << shift;
    long high = upperProduct(factor, POWERS[power - SMALLEST]);
    long low = factor * POWERS[power - SMALLEST];
    int top = (int) (high >>> 63);
    long bits = high >>> (top + 9); // one more than a double has
    boolean couldCarry = (high & BELOW) == BELOW && Long.compareUnsigned(low + factor, factor) < 0;
    boolean couldBeHalf = (high & BELOW) == 0 && low == 0 && (bits & 3) == 1;
    int exponent = (217_706 * power >> 16) + 63 + top - shift + BIAS; // 2^16 * log2(10)
    return couldCarry || couldBeHalf || exponent < 1 || exponent >= 2 * BIAS
        ? NONE
        : Double.longBitsToDouble(((exponent - 1L) << 52) + ((bits + 1) >>> 1));
  }

  /** Of two numbers whose first bit is set, and no sign. */
  private static long upperProduct(long one, long other) {
    return Math.multiplyHigh(one, other) + one + other;
  }

  /** The first 64 bits of a power of ten. */
  private static long upperBits(int power) {
    BigInteger ten = BigInteger.TEN.pow(Math.abs(power));
    BigInteger number =
        power < 0 ? BigInteger.ONE.shiftLeft(ten.bitLength() + 64).divide(ten) : ten;
    return number.shiftRight(number.bitLength() - 64).longValue();
  }
}
