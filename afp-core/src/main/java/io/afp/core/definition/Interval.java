package io.afp.core.definition;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A half-open slice of time, {@code [start, end)}, that is whole units of a pipeline.
 *
 * @param calendar the unit and the zone whose calendar cuts the time
 */
public record Interval(Instant start, Instant end, IntervalDef calendar) {

  private static final String RANGE = "..";

  /**
   * Reads {@code 2013}, {@code 2013-03}, {@code 2013-03-05}, {@code 2013-03-05T07}, or two of them
   * with {@code ..} between, both included.
   *
   * @throws IllegalArgumentException with the reason, if the text is no time or finer than the unit
   *     of the pipeline
   */
  public static Interval parse(String text, IntervalDef calendar) {
    int dots = text.indexOf(RANGE);
    if (dots < 0) {
      return parseOne(text, calendar);
    }
    Interval first = parseOne(text.substring(0, dots), calendar);
    Interval last = parseOne(text.substring(dots + RANGE.length()), calendar);
    if (!first.start.isBefore(last.end)) {
      throw new IllegalArgumentException("it ends before it starts");
    }
    return new Interval(first.start, last.end, calendar);
  }

  /** The unit of a calendar that a moment lies in. */
  public static Interval at(Instant moment, IntervalDef calendar) {
    LocalDateTime local = moment.atZone(calendar.zone()).toLocalDateTime();
    return of(calendar.unit().startOf(local), calendar.unit(), calendar);
  }

  /** Counted by the clock on the wall, so that each unit begins where its calendar says. */
  private static Interval of(LocalDateTime start, IntervalUnit length, IntervalDef calendar) {
    return new Interval(
        start.atZone(calendar.zone()).toInstant(),
        start.plus(1, length.chrono()).atZone(calendar.zone()).toInstant(),
        calendar);
  }

  private static Interval parseOne(String text, IntervalDef calendar) {
    requireUnambiguous(calendar);
    IntervalUnit unit = unitOf(text);
    if (unit.compareTo(calendar.unit()) < 0) {
      throw new IllegalArgumentException(
          "it is finer than the unit of the pipeline, which is a " + name(calendar.unit()));
    }
    return of(startOf(text, unit), unit, calendar);
  }

  /** In autumn one hour comes twice, and would have the name of the other. */
  private static void requireUnambiguous(IntervalDef calendar) {
    boolean changes = !calendar.zone().getRules().isFixedOffset();
    if (calendar.unit() == IntervalUnit.HOUR && changes) {
      throw new IllegalArgumentException(
          "a pipeline of hours needs a zone without daylight saving, such as UTC");
    }
  }

  private static IntervalUnit unitOf(String text) {
    return switch (text.length()) {
      case 4 -> IntervalUnit.YEAR;
      case 7 -> IntervalUnit.MONTH;
      case 10 -> IntervalUnit.DAY;
      case 13 -> IntervalUnit.HOUR;
      default -> throw notATime();
    };
  }

  private static LocalDateTime startOf(String text, IntervalUnit unit) {
    String full = text + "0000-01-01T00:00".substring(text.length());
    try {
      return LocalDateTime.parse(full);
    } catch (DateTimeException e) {
      throw notATime();
    }
  }

  private static IllegalArgumentException notATime() {
    return new IllegalArgumentException("use 2013, 2013-03, 2013-03-05 or 2013-03-05T07");
  }

  private static String name(IntervalUnit unit) {
    return unit.word();
  }

  /**
   * The units that have a part of a unit whose label was written by another calendar, perhaps.
   *
   * @throws IllegalArgumentException if the label is none
   */
  static Interval touching(String label, IntervalDef calendar) {
    int length = format(calendar.unit()).replace("'", "").length();
    return parse(label.substring(0, Math.min(length, label.length())), calendar);
  }

  /** The single units of this interval, in order. */
  public List<Interval> units() {
    List<Interval> units = new ArrayList<>();
    Interval unit = at(start, calendar);
    while (unit.start.isBefore(end)) {
      units.add(unit);
      unit = at(unit.end, calendar);
    }
    return units;
  }

  /** Whether all of another interval lies in this one. */
  public boolean contains(Interval other) {
    return !other.start.isBefore(start) && !other.end.isAfter(end);
  }

  /** So many units that end where this interval starts, in order. */
  public List<Interval> before(int count) {
    LocalDateTime first = localStart().minus(count, calendar.unit().chrono());
    return new Interval(first.atZone(calendar.zone()).toInstant(), start, calendar).units();
  }

  /** The whole units of another calendar that cover this interval. */
  public Interval in(IntervalDef other) {
    return new Interval(at(start, other).start, at(end.minusNanos(1), other).end, other);
  }

  /** This interval and one that follows it, as one; empty when there is something in between. */
  public Optional<Interval> joined(Interval next) {
    return end.equals(next.start)
        ? Optional.of(new Interval(start, next.end, calendar))
        : Optional.empty();
  }

  /** Joins neighbours: as few intervals as possible that cover the same time. */
  public static List<Interval> contiguous(List<Interval> units) {
    List<Interval> ranges = new ArrayList<>();
    for (Interval unit : units) {
      Interval last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && last.end.equals(unit.start)) {
        ranges.set(ranges.size() - 1, new Interval(last.start, unit.end, unit.calendar));
      } else {
        ranges.add(unit);
      }
    }
    return ranges;
  }

  /** The text that {@link #parse} reads: {@code 2013-03}, or {@code 2013-01..2013-12}. */
  public String label() {
    List<Interval> units = units();
    String first = format(units.get(0).start);
    return units.size() == 1 ? first : first + RANGE + format(units.get(units.size() - 1).start);
  }

  private String format(Instant instant) {
    return DateTimeFormatter.ofPattern(format(calendar.unit()))
        .format(instant.atZone(calendar.zone()));
  }

  private static String format(IntervalUnit unit) {
    return switch (unit) {
      case YEAR -> "yyyy";
      case MONTH -> "yyyy-MM";
      case DAY -> "yyyy-MM-dd";
      case HOUR -> "yyyy-MM-dd'T'HH";
    };
  }

  /** The start in the clock of the pipeline's zone. */
  public LocalDateTime localStart() {
    return local(start);
  }

  /** The end in the clock of the pipeline's zone. */
  public LocalDateTime localEnd() {
    return local(end);
  }

  /**
   * Where the clock is put forward at midnight, the day begins at one, and is still all the day.
   */
  private LocalDateTime local(Instant instant) {
    return calendar.unit().startOf(instant.atZone(calendar.zone()).toLocalDateTime());
  }

  /** This interval in the type of an interval column: dates, instants, or local date-times. */
  public Bounds boundsFor(ColumnType.Kind kind) {
    return switch (kind) {
      case DATE -> new Bounds(localStart().toLocalDate(), localEnd().toLocalDate());
      case TIMESTAMP -> new Bounds(start, end);
      case TIMESTAMP_NTZ -> new Bounds(localStart(), localEnd());
      default -> throw new IllegalArgumentException("not a type of time: " + kind);
    };
  }

  /** The two ends of an interval as values of one type. */
  public record Bounds(Object start, Object end) {}
}
