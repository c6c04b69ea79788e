package io.afp.core.lake;

/** Digits among the bytes of a text. It is public for parsers that give typed rows. */
public final class DigitText {

  private DigitText() {}

  /**
   * The number that some digits make; -1 where another character is among them.
   *
   * @param to the place behind them; 18 digits fit, and of none the number is 0
   */
  public static long number(byte[] text, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
