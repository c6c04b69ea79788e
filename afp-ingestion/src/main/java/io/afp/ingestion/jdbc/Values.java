package io.afp.ingestion.jdbc;

import io.afp.ingestion.jdbc.SourceColumn.Kind;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Values of watermarks, which are kept as the texts that {@link Dialect#literal} takes. */
final class Values {

  private static final DateTimeFormatter LOCAL =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();
  private static final DateTimeFormatter ZONED =
      new DateTimeFormatterBuilder().append(LOCAL).appendOffset("+HH:mm", "+00:00").toFormatter();

  private Values() {}

  static String text(Date day) {
    return day == null ? null : day.toLocalDate().toString();
  }

  static String text(Timestamp time) {
    return time == null ? null : time.toLocalDateTime().format(LOCAL);
  }

  static String text(OffsetDateTime time) {
    return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).format(ZONED);
  }

  /** A value that lies so far before another one; a day that has begun counts as one. */
  static String minus(Kind kind, String value, Duration overlap) {
    if (overlap.isZero()) {
      return value;
    }
    return switch (kind) {
      case DATE -> LocalDate.parse(value).minusDays(days(overlap)).toString();
      case TIMESTAMP -> LocalDateTime.parse(value, LOCAL).minus(overlap).format(LOCAL);
      case TIMESTAMPTZ -> OffsetDateTime.parse(value, ZONED).minus(overlap).format(ZONED);
      default -> throw new IllegalArgumentException("no time: " + kind);
    };
  }

  private static long days(Duration overlap) {
    return overlap.plusDays(1).minusNanos(1).toDays();
  }

  /** The greater one of two values. */
  static String greater(Kind kind, String one, String other) {
    return compare(kind, one, other) >= 0 ? one : other;
  }

  private static int compare(Kind kind, String one, String other) {
    return switch (kind) {
      case DATE -> LocalDate.parse(one).compareTo(LocalDate.parse(other));
      case TIMESTAMP ->
          LocalDateTime.parse(one, LOCAL).compareTo(LocalDateTime.parse(other, LOCAL));
      case TIMESTAMPTZ ->
          OffsetDateTime.parse(one, ZONED)
              .toInstant()
              .compareTo(OffsetDateTime.parse(other, ZONED).toInstant());
      default -> new BigDecimal(one).compareTo(new BigDecimal(other));
    };
  }
}
