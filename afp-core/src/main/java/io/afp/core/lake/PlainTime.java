package io.afp.core.lake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * Dates and times in their usual form, {@code 2013-02-28} and {@code 2013-02-28 12:30:00}, as
 * bytes. What has another form is left to a general reader.
 */
final class PlainTime {

  private static final int DATE = 10;
  private static final int TIME = 19;

  private PlainTime() {}

  static boolean isDate(byte[] text) {
    return text.length == DATE && beginsWithDate(text) && !has(text, 9, ' ');
  }

  /** A day and a time to the second. */
  static boolean isTime(byte[] text) {
    return text.length == TIME
        && beginsWithDate(text)
        && (has(text, 10, ' ') || has(text, 10, 'T'))
        && has(text, 13, ':')
        && has(text, 16, ':')
        && !has(text, 18, ' ');
  }

  private static boolean beginsWithDate(byte[] text) {
    return has(text, 4, '-') && has(text, 7, '-');
  }

  private static boolean has(byte[] text, int at, char character) {
    return text[at] == character;
  }

  /**
   * The day at the beginning.
   *
   * @throws DateTimeException if the calendar has no such day
   */
  static LocalDate date(byte[] text) {
    return LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
  }

  /**
   * The day and the time.
   *
   * @throws DateTimeException if there is no such time
   */
  static LocalDateTime time(byte[] text) {
    return date(text).atTime(digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19));
  }

  private static int digits(byte[] text, int from, int to) {
    int number = (int) DigitText.number(text, from, to);
    if (number < 0) {
      throw new DateTimeException("no digits");
    }
    return number;
  }
}
