package io.afp.ingestion.csv;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.afp.core.lake.DigitText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A pattern of dates or times each part of which has its place, such as {@code dd.MM.yyyy HH:mm}:
 * all its texts have the same length, and are read without an object for each.
 */
final class FixedForm {

  /** What {@link #clock} gives where there is no such time. */
  static final long NONE = Long.MIN_VALUE;

  private static final Pattern PART =
      Pattern.compile(
          "(?<digits>yyyy|uuuu|MM|dd|HH|mm|ss|S{1,6})|(?<zone>X{1,3})"
              + "|'(?<quoted>[ -~&&[^']]+)'(?!')|(?<sign>[ -~&&[^A-Za-z'\\[\\]{}#]])");
  private static final byte DIGIT = 0;

  private final String parts;
  private final byte[] literals;
  private final int[] literalPlaces;
  private final int year;
  private final int month;
  private final int day;
  private final int hour;
  private final int minute;
  private final int second;
  private final int fraction;

  private FixedForm(String parts, String literals) {
    this.parts = parts;
    this.literals = literals.getBytes(US_ASCII);
    this.literalPlaces =
        IntStream.range(0, parts.length()).filter(i -> this.literals[i] != DIGIT).toArray();
    this.year = parts.indexOf('u');
    this.month = parts.indexOf('M');
    this.day = parts.indexOf('d');
    this.hour = parts.indexOf('H');
    this.minute = parts.indexOf('m');
    this.second = parts.indexOf('s');
    this.fraction = parts.indexOf('S');
  }

  /** The form of a pattern; empty where its texts differ in length, or have more than digits. */
  static Optional<FixedForm> of(String pattern) {
    StringBuilder parts = new StringBuilder();
    StringBuilder literals = new StringBuilder();
    Matcher part = PART.matcher(pattern);
    int end = 0;
    while (part.region(end, pattern.length()).lookingAt()) {
      String text = text(part);
      literals.append(text);
      parts.append(
          part.group("digits") != null
              ? part.group().replace('y', 'u')
              : (part.group("zone") != null ? "X" : " ").repeat(text.length()));
      end = part.end();
    }
    FixedForm form = new FixedForm(parts.toString(), literals.toString());
    return end == pattern.length() && form.isComplete() ? Optional.of(form) : Optional.empty();
  }

  /** What stands at the places of a part; the zone is that of UTC. */
  private static String text(Matcher part) {
    if (part.group("digits") != null) {
      return Character.toString(DIGIT).repeat(part.group().length());
    }
    if (part.group("zone") != null) {
      return "Z";
    }
    return part.group("quoted") != null ? part.group("quoted") : part.group("sign");
  }

  private boolean isComplete() {
    boolean hasDay = width('u') == 4 && width('M') == 2 && width('d') == 2;
    boolean isDay = (width('H') | width('m') | width('s') | width('S') | width('X')) == 0;
    boolean hasClock =
        width('H') == 2
            && width('m') == 2
            && (width('s') == 2 || (width('s') | width('S')) == 0)
            && width('S') <= 6
            && width('X') <= 1;
    return hasDay && (isDay || hasClock);
  }

  private int width(char part) {
    int first = parts.indexOf(part);
    return first < 0 ? 0 : parts.lastIndexOf(part) - first + 1;
  }

  int length() {
    return literals.length;
  }

  /** Whether its times are those of UTC. */
  boolean isUtc() {
    return width('X') > 0;
  }

  /** The days since 1970 of a text of this length, or {@link CalendarDay#NONE}. */
  int days(byte[] text, int from) {
    for (int place : literalPlaces) {
      if (text[from + place] != literals[place]) {
        return CalendarDay.NONE;
      }
    }
    return CalendarDay.of(
        number(text, from + year, 4), number(text, from + month, 2), number(text, from + day, 2));
  }

  /** The microseconds since midnight of a text of this length, or {@link #NONE}. */
  long clock(byte[] text, int from) {
    if (hour < 0) {
      return 0;
    }
    int hours = number(text, from + hour, 2);
    int minutes = number(text, from + minute, 2);
    int seconds = second < 0 ? 0 : number(text, from + second, 2);
    int micros = fraction < 0 ? 0 : micros(text, from + fraction);
    boolean exists =
        (hours | minutes | seconds | micros) >= 0 && hours < 24 && minutes < 60 && seconds < 60;
    return exists ? ((hours * 60L + minutes) * 60 + seconds) * 1_000_000 + micros : NONE;
  }

  private int micros(byte[] text, int from) {
    int width = width('S');
    int number = number(text, from, width);
    for (int i = width; i < 6; i++) {
      number *= 10;
    }
    return number;
  }

  private static int number(byte[] text, int from, int width) {
    return (int) DigitText.number(text, from, from + width);
  }
}
