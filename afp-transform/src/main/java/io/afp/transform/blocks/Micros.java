package io.afp.transform.blocks;

import static org.apache.spark.sql.functions.date_part;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.minute;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Times as numbers of microseconds. Spark's own differences of timestamps are taken on the clock of
 * the session's zone, where an hour is missing or there twice; these are not.
 */
final class Micros {

  private static final long OF_A_DAY = TimeUnit.DAYS.toMicros(1);
  private static final long OF_A_SECOND = TimeUnit.SECONDS.toMicros(1);

  private Micros() {}

  static boolean isTime(DataType type) {
    return type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  static void requireTime(String column, DataType type) {
    if (!isTime(type)) {
      throw new IllegalArgumentException(
          "Cannot measure time by column %s: it is neither a date nor a timestamp (type=%s)"
              .formatted(column, type.sql()));
    }
  }

  /** Since 1970-01-01: a timestamp in UTC, a date and a local time on their own clock. */
  static Column since1970(Column time, DataType type) {
    if (type instanceof TimestampType) {
      return unix_micros(time);
    }
    Column days = unix_date(time.cast("date")).cast("bigint").multiply(lit(OF_A_DAY));
    return type instanceof DateType ? days : days.plus(ofDay(time));
  }

  private static Column ofDay(Column time) {
    Column minutes = hour(time).multiply(lit(60)).plus(minute(time)).cast("bigint");
    Column seconds = date_part(lit("SECOND"), time).multiply(lit(OF_A_SECOND)).cast("bigint");
    return minutes.multiply(lit(60 * OF_A_SECOND)).plus(seconds);
  }

  static Column of(Duration duration) {
    return lit(TimeUnit.MICROSECONDS.convert(duration));
  }
}
