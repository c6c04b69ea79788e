package io.afp.ingestion.csv;

import io.afp.core.lake.DigitText;

/** Digits with a sign or without, as bytes. */
final class WholeNumber {

  /** What {@link #of} gives for all other texts. */
  static final long OTHER = Long.MIN_VALUE;

  private static final int DIGITS_OF_LONG = 18;

  private WholeNumber() {}

  /** The number; {@link #OTHER} where the text has another form, or too many digits. */
  static long of(byte[] text, int from, int to) {
    int first = afterSign(text, from);
    if (first == to || to - first > DIGITS_OF_LONG) {
      return OTHER;
    }
    long number = DigitText.number(text, first, to);
    if (number < 0) {
      return OTHER;
    }
    return text[from] == '-' ? -number : number;
  }

  /** Where the digits begin. */
  static int afterSign(byte[] text, int from) {
    return text[from] == '-' || text[from] == '+' ? from + 1 : from;
  }
}
