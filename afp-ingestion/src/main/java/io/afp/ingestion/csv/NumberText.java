package io.afp.ingestion.csv;

/**
 * The parts of a number in digits, with a sign, a point and an exponent or without: {@code
 * -12.50e3}. It is filled anew by each text, so that none makes an object.
 */
final class NumberText {

  private static final int DIGITS_OF_LONG = 18;
  private static final int LONGEST = 100;
  private static final int DIGITS_OF_EXPONENT = 3;

  private boolean negative;
  private long digits;
  private int whole;
  private int decimals;
  private int exponent;

  /**
   * Takes the parts of a text.
   *
   * @return false where it has another form, or too many digits
   */
  boolean read(byte[] text, int from, int to) {
    negative = text[from] == '-';
    int first = WholeNumber.afterSign(text, from);
    int point = -1;
    long number = 0;
    int i = first;
    for (; i < to; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9) {
        number = number * 10 + digit;
      } else if (text[i] == '.' && point < 0) {
        point = i;
      } else {
        break;
      }
    }
    digits = number;
    whole = (point < 0 ? i : point) - first;
    decimals = point < 0 ? 0 : i - point - 1;
    int all = whole + decimals;
    boolean fits = all <= DIGITS_OF_LONG || fitsWithoutZeros(text, first, i);
    return all > 0 && fits && readExponent(text, i, to);
  }

  private boolean fitsWithoutZeros(byte[] text, int from, int to) {
    return to - from <= LONGEST && whole + decimals - zeros(text, from, to) <= DIGITS_OF_LONG;
  }

  /** How many zeros are at the beginning. */
  private static int zeros(byte[] text, int from, int to) {
    int zeros = 0;
    for (int i = from; i < to && (text[i] == '0' || text[i] == '.'); i++) {
      zeros += text[i] == '0' ? 1 : 0;
    }
    return zeros;
  }

  private boolean readExponent(byte[] text, int from, int to) {
    exponent = 0;
    if (from == to) {
      return true;
    }
    int first = from + 1;
    if ((text[from] != 'e' && text[from] != 'E') || first == to) {
      return false;
    }
    long number = WholeNumber.of(text, first, to);
    exponent = (int) number;
    return number != WholeNumber.OTHER
        && to - WholeNumber.afterSign(text, first) <= DIGITS_OF_EXPONENT;
  }

  /** Whether there is a minus. */
  boolean isNegative() {
    return negative;
  }

  /** All digits as one number, of which the last {@link #decimals} are behind the point. */
  long digits() {
    return digits;
  }

  /** How many digits are before the point. */
  int whole() {
    return whole;
  }

  /** How many digits are behind the point. */
  int decimals() {
    return decimals;
  }

  /** The power of ten that is written behind an {@code e}, else 0. */
  int exponent() {
    return exponent;
  }
}
