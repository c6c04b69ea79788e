package io.afp.core.lake;

import io.afp.core.definition.Rounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads decimals exactly: what does not fit, or would have to be rounded where that is not
 * declared, is none.
 */
record DecimalReader(int precision, int scale, Rounding rounding) {

  private static final int DIGITS_OF_LONG = 18;
  private static final int LONGEST = 1_000;
  private static final long OTHER = Long.MIN_VALUE;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,9})?");

  Decimal read(UTF8String text) {
    long unscaled = precision <= DIGITS_OF_LONG ? unscaled(text.getBytes()) : OTHER;
    return unscaled == OTHER
        ? exact(text.trimAll().toString())
        : Decimal.createUnsafe(unscaled, precision, scale);
  }

  /** Of digits that are no more than the type has; {@link #OTHER} of all other texts. */
  private long unscaled(byte[] text) {
    int end = text.length;
    int start = end > 0 && (has(text, 0, '-') || has(text, 0, '+')) ? 1 : 0;
    if (end - start > DIGITS_OF_LONG + 1) {
      return OTHER;
    }
    int point = point(text, start, end);
    long whole = DigitText.number(text, start, point);
    long behind = DigitText.number(text, Math.min(point + 1, end), end);
    int digits = point - start;
    int decimals = Math.max(0, end - point - 1);
    boolean fits = digits > 0 && digits <= precision - scale && decimals <= scale;
    if (!fits || whole < 0 || behind < 0) {
      return OTHER;
    }
    long[] powers = Decimal.POW_10();
    long number = whole * powers[scale] + behind * powers[scale - decimals];
    return has(text, 0, '-') ? -number : number;
  }

  private static int point(byte[] text, int start, int end) {
    int point = start;
    while (point < end && !has(text, point, '.')) {
      point++;
    }
    return point;
  }

  private static boolean has(byte[] text, int at, char character) {
    return text[at] == character;
  }

  private Decimal exact(String text) {
    if (text.length() > LONGEST || !NUMBER.matcher(text).matches()) {
      return null;
    }
    BigDecimal number = new BigDecimal(text).stripTrailingZeros();
    if (number.signum() == 0 || rounding == Rounding.HALF_UP && isNearZero(number)) {
      return decimal(BigDecimal.ZERO);
    }
    boolean isExact = number.scale() <= scale;
    boolean fits = whole(number) <= precision - scale;
    return fits && (isExact || rounding == Rounding.HALF_UP) ? rounded(number) : null;
  }

  /** How many digits are before the point; less than 0 if there are zeros behind it. */
  private static long whole(BigDecimal number) {
    return (long) number.precision() - number.scale();
  }

  /** Less than a tenth of the last digit: there may be a billion zeros before it. */
  private boolean isNearZero(BigDecimal number) {
    return whole(number) < -scale;
  }

  /** None if the digits are one more for it. */
  private Decimal rounded(BigDecimal number) {
    BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_UP);
    return rounded.precision() <= precision ? decimal(rounded) : null;
  }

  private Decimal decimal(BigDecimal number) {
    return Decimal.apply(number.setScale(scale), precision, scale);
  }
}
