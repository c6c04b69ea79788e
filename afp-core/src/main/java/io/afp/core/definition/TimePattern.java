package io.afp.core.definition;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * How a source writes dates and times: a pattern of Java, read strictly. Names of months and days
 * are English, in any case; a year of two digits is one of 2000 to 2099.
 */
public final class TimePattern {

  private static final LocalDateTime SAMPLE = LocalDateTime.of(2013, 2, 28, 23, 59, 58);

  private final DateTimeFormatter formatter;

  /**
   * A pattern.
   *
   * @throws IllegalArgumentException if it is none
   */
  public TimePattern(String pattern) {
    this.formatter =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern(pattern)
            .parseDefaulting(ChronoField.ERA, 1) // else a strict reader wants to see one
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
  }

  /**
   * A text as a {@link ZonedDateTime} where it has a zone, a {@link LocalDateTime} where it has a
   * time, else a {@link LocalDate}.
   *
   * @throws DateTimeException if it does not have this pattern, or means no day of the calendar
   */
  public TemporalAccessor parse(String text) {
    return formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
  }

  /** Whether a text of this pattern says which day it means, and, if it is asked for, no more. */
  boolean tells(ColumnType.Kind kind) {
    try {
      TemporalAccessor read = parse(formatter.format(SAMPLE.atZone(ZoneOffset.UTC)));
      return switch (kind) {
        case DATE -> read instanceof LocalDate;
        case TIMESTAMP_NTZ -> !(read instanceof ZonedDateTime);
        default -> true;
      };
    } catch (DateTimeException e) {
      return false;
    }
  }
}
