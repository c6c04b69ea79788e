package io.afp.core.lake;

import io.afp.core.definition.TimePattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/**
 * Reads dates and times strictly: those that have a pattern, or the forms of Spark. Spark's own
 * casts take what is behind a date, a year alone, and more digits than they keep.
 *
 * @param zone in which times without a zone are; one that its clocks leave out is none, and of one
 *     that they show twice the first is meant
 */
record TimeReader(Optional<TimePattern> pattern, ZoneId zone) {

  private static final int LONGEST = 100;
  private static final String DAY = "\\s*\\d{4}-\\d{1,2}-\\d{1,2}";
  private static final String CLOCK = "[ T]\\d{1,2}:\\d{1,2}(:\\d{1,2}(\\.\\d*)?)?";
  private static final Pattern DATE = Pattern.compile(DAY + "\\s*");
  private static final Pattern TIME = Pattern.compile(DAY + "([ T].*|\\s*)");
  private static final Pattern LOCAL = Pattern.compile(DAY + "(" + CLOCK + ")?\\s*");
  private static final Pattern BELOW_MICROSECONDS = Pattern.compile("\\.\\d{6}\\d*[1-9]");

  /** The days since 1970; null where the text is no date. */
  Integer days(UTF8String text) {
    try {
      if (pattern.isPresent()) {
        return days((LocalDate) parsed(text));
      }
      byte[] bytes = text.getBytes();
      return PlainTime.isDate(bytes) ? days(PlainTime.date(bytes)) : looseDays(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Integer days(LocalDate date) {
    return Math.toIntExact(date.toEpochDay());
  }

  private static Integer looseDays(UTF8String text) {
    return has(text, DATE) ? (Integer) value(DateTimeUtils.stringToDate(text)) : null;
  }

  /** The microseconds since 1970 of an instant; null where the text is none. */
  Long micros(UTF8String text) {
    try {
      if (pattern.isPresent()) {
        return micros(instant(parsed(text)));
      }
      byte[] bytes = text.getBytes();
      return PlainTime.isTime(bytes) ? micros(instant(PlainTime.time(bytes))) : looseMicros(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private Long looseMicros(UTF8String text) {
    if (!has(text, TIME) || isTooFine(text)) {
      return null;
    }
    Long local = (Long) value(DateTimeUtils.stringToTimestampWithoutTimeZone(text, false));
    return local == null
        ? (Long) value(DateTimeUtils.stringToTimestamp(text, zone))
        : micros(instant(DateTimeUtils.microsToLocalDateTime(local)));
  }

  /** The microseconds since 1970 of a local time; null where the text is none. */
  Long localMicros(UTF8String text) {
    try {
      if (pattern.isPresent()) {
        return micros(local(parsed(text)).toInstant(ZoneOffset.UTC));
      }
      boolean fits = has(text, LOCAL) && !isTooFine(text);
      return fits
          ? (Long) value(DateTimeUtils.stringToTimestampWithoutTimeZone(text, false))
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private TemporalAccessor parsed(UTF8String text) {
    return pattern.orElseThrow().parse(text.toString());
  }

  private Instant instant(TemporalAccessor read) {
    return read instanceof ZonedDateTime zoned ? zoned.toInstant() : instant(local(read));
  }

  private static LocalDateTime local(TemporalAccessor read) {
    return read instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) read;
  }

  private Instant instant(LocalDateTime local) {
    if (zone == ZoneOffset.UTC) {
      return local.toInstant(ZoneOffset.UTC);
    }
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw new DateTimeException("the clocks of the zone leave it out");
    }
    return local.toInstant(offsets.get(0));
  }

  private static Long micros(Instant instant) {
    if (instant.getNano() % 1_000 != 0) {
      throw new DateTimeException("it has more digits than are kept");
    }
    return DateTimeUtils.instantToMicros(instant);
  }

  private static boolean has(UTF8String text, Pattern form) {
    return text.numBytes() <= LONGEST && form.matcher(text.toString()).matches();
  }

  private static boolean isTooFine(UTF8String text) {
    return BELOW_MICROSECONDS.matcher(text.toString()).find();
  }

  private static Object value(Option<Object> found) {
    return found.isEmpty() ? null : found.get();
  }
}
