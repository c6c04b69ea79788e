package io.afp.ingestion.infer;

import io.afp.core.definition.IntervalUnit;
import io.afp.ingestion.file.UndeclaredFiles;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The date in the path of a file, such as {@code dt=2013-01-02/part-0.csv}, {@code 2013/01.csv} or
 * {@code flights_201301.csv}.
 *
 * @param time where the time begins that the path names
 * @param unit how long that is
 */
record FileDate(String path, LocalDateTime time, IntervalUnit unit, List<MatchResult> found) {

  private static final String FOLDER = "/(?:[A-Za-z]\\w*=)?";
  private static final String ONE_DIGIT = "|(?<=[=/])[1-9]";

  /** An export may have its whole second in its name, which is no unit. */
  private static final String END = "(?:(?!\\d)|(?<=(?<!\\d)\\d{8})(?=(?:\\d{4}|\\d{6})(?!\\d)))";

  /** Groups: year, and of month, day and hour what is before and itself. */
  private static final Pattern DATE =
      Pattern.compile(
          "(?<!\\d)((?:19|20)\\d{2})"
              + ("(?:(" + FOLDER + "|[-_. ]?)(0[1-9]|1[0-2]" + ONE_DIGIT + ")")
              + ("(?:(\\2|" + FOLDER + ")(0[1-9]|[12]\\d|3[01]" + ONE_DIGIT + ")")
              + ("(?:(T|" + FOLDER + "|(?<=\\d{8}))([01]\\d|2[0-3]))?)?)?")
              + END);

  private static final List<IntervalUnit> UNITS =
      List.of(IntervalUnit.YEAR, IntervalUnit.MONTH, IntervalUnit.DAY, IntervalUnit.HOUR);
  private static final List<String> PATTERNS = List.of("yyyy", "MM", "dd", "HH");

  /** The finest date in a path; empty if there is none. */
  static Optional<FileDate> of(String path) {
    List<MatchResult> all = DATE.matcher(path).results().filter(m -> isDate(m)).toList();
    return all.stream()
        .max(Comparator.comparingInt(FileDate::parts))
        .map(finest -> of(path, finest, all));
  }

  private static FileDate of(String path, MatchResult finest, List<MatchResult> all) {
    LocalDateTime time = time(finest);
    List<MatchResult> agreeing =
        all.stream().filter(m -> time(m).equals(startOf(time, parts(m)))).toList();
    return new FileDate(path, time, UNITS.get(parts(finest) - 1), agreeing);
  }

  private static boolean isDate(MatchResult match) {
    try {
      time(match);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** How many parts of a time a match has: 1 is the year alone, 4 an hour. */
  private static int parts(MatchResult match) {
    int parts = 1;
    while (parts < UNITS.size() && match.group(2 * parts + 1) != null) {
      parts++;
    }
    return parts;
  }

  private static LocalDateTime time(MatchResult match) {
    int[] values = {0, 1, 1, 0};
    for (int i = 0; i < parts(match); i++) {
      values[i] = Integer.parseInt(match.group(2 * i + 1));
    }
    return LocalDateTime.of(values[0], values[1], values[2], values[3], 0);
  }

  private static LocalDateTime startOf(LocalDateTime time, int parts) {
    return LocalDateTime.of(
        time.getYear(),
        parts > 1 ? time.getMonthValue() : 1,
        parts > 2 ? time.getDayOfMonth() : 1,
        parts > 3 ? time.getHour() : 0,
        0);
  }

  /** Whether months and days have two digits, as far as can be seen. */
  boolean isPadded() {
    return found.stream().noneMatch(m -> isShort(m.group(3)) || isShort(m.group(5)));
  }

  private static boolean isShort(String digits) {
    return digits != null && digits.length() == 1;
  }

  /**
   * The path as {@code from.files} has it: fields of the interval in place of dates, and {@code *}
   * in place of what is finer than a unit.
   */
  String pattern(IntervalUnit each) {
    StringBuilder pattern = new StringBuilder();
    int end = 0;
    for (MatchResult match : found) {
      pattern.append(UndeclaredFiles.literal(path.substring(end, match.start())));
      pattern.append(fields(match, UNITS.indexOf(each) + 1));
      end = match.end();
    }
    return pattern.append(UndeclaredFiles.literal(path.substring(end))).toString();
  }

  private static String fields(MatchResult match, int most) {
    int fields = Math.min(most, parts(match));
    StringBuilder text = new StringBuilder("${interval:yyyy");
    for (int i = 1; i < fields; i++) {
      String between = match.group(2 * i);
      boolean isFolder = between.startsWith("/");
      text.append(isFolder ? "}" + between + "${interval:" : between.replace("T", "'T'"));
      text.append(PATTERNS.get(i));
    }
    text.append('}');
    for (int i = fields; i < parts(match); i++) {
      text.append(match.group(2 * i)).append('*');
    }
    return text.toString().replace("**", "*");
  }
}
