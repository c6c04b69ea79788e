package io.afp.core.definition;

import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Five fields of cron, as every scheduler reads them: no macros, no seconds, no {@code L W # ?}.
 */
final class Cron {

  private static final Pattern ITEM = Pattern.compile("(\\*|(\\w+)(?:-(\\w+))?)(?:/(\\d{1,4}))?");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  private static final List<Field> FIELDS =
      List.of(
          new Field("minute", 0, 59, List.of()),
          new Field("hour", 0, 23, List.of()),
          new Field("day", 1, 31, List.of()),
          new Field("month", 1, 12, MONTHS),
          new Field("weekday", 0, 7, WEEKDAYS));

  private Cron() {}

  /**
   * The text itself, if it is a schedule that comes.
   *
   * @throws IllegalArgumentException with the reason
   */
  static String require(String text) {
    String[] fields = text.strip().split("\\s+");
    if (fields.length != FIELDS.size()) {
      throw new IllegalArgumentException("'%s' is not five fields".formatted(text));
    }
    List<Set<Integer>> values = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      values.add(FIELDS.get(i).values(fields[i]));
    }
    if (fields[4].equals("*") && !comes(values.get(2), values.get(3))) {
      throw new IllegalArgumentException(
          "'%s' never comes: no such month is that long".formatted(text));
    }
    return text;
  }

  private static boolean comes(Set<Integer> days, Set<Integer> months) {
    return months.stream()
        .map(Month::of)
        .anyMatch(m -> days.stream().anyMatch(d -> d <= m.maxLength()));
  }

  /**
   * A field.
   *
   * @param names words for its values, the first one for the least value
   */
  private record Field(String name, int min, int max, List<String> names) {

    Set<Integer> values(String text) {
      Set<Integer> values = new TreeSet<>();
      Stream.of(text.split(",", -1)).forEach(item -> add(item, values));
      return values;
    }

    private void add(String item, Set<Integer> values) {
      Matcher parts = ITEM.matcher(item);
      boolean all = item.startsWith("*");
      if (!parts.matches() || !all && parts.group(4) != null && parts.group(3) == null) {
        throw wrong(item);
      }
      int from = all ? min : value(parts.group(2), item);
      int to = all ? max : parts.group(3) == null ? from : value(parts.group(3), item);
      int step = parts.group(4) == null ? 1 : Integer.parseInt(parts.group(4));
      if (from > to || step == 0) {
        throw wrong(item);
      }
      for (int value = from; value <= to; value += step) {
        values.add(value);
      }
    }

    private int value(String text, String item) {
      int named = names.indexOf(text.toLowerCase(Locale.ROOT));
      if (named >= 0) {
        return min + named;
      }
      if (!text.matches("\\d{1,2}")
          || Integer.parseInt(text) < min
          || Integer.parseInt(text) > max) {
        throw wrong(item);
      }
      return Integer.parseInt(text);
    }

    private IllegalArgumentException wrong(String item) {
      return new IllegalArgumentException(
          "'%s' is no %s from %d to %d".formatted(item, name, min, max));
    }
  }
}
