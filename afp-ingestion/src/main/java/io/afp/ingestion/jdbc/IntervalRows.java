package io.afp.ingestion.jdbc;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.lake.RawRows;
import io.afp.ingestion.jdbc.SourceColumn.Kind;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The rows of an interval: the database finds them, by bounds in the type of its column. A time
 * without a zone is one of UTC where the table has instants, and one of the clock of the pipeline
 * where it has none.
 */
final class IntervalRows {

  private static final String PATH = "write.interval_column";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

  private final SourceSession session;
  private final ColumnDef column;
  private final SourceColumn source;

  /**
   * Those of a source.
   *
   * @throws AfpException if the database can't find an interval in its column
   */
  IntervalRows(SourceSession session) {
    this.session = session;
    this.column = session.table().intervalColumn().orElseThrow();
    this.source = session.columns().named(column.from(), PATH);
    if (!fits()) {
      throw AfpException.at(
          new Location(session.table().file(), 0, PATH),
          ErrorCode.SOURCE_WRONG,
          "Cannot read %s by interval: column %s of the source is not of the declared type (type=%s, declared=%s)"
              .formatted(session.table().name(), source.name(), source.typeName(), column.type()),
          "Declare the type of the source, or write from.jdbc.query with a CAST.");
    }
  }

  /** How many rows belong to no interval. */
  long unplaced() throws SQLException {
    Dialect dialect = session.dialect();
    return dialect.mayBeUnplaced(source)
        ? session.count(
            "SELECT count(*) FROM %s WHERE %s".formatted(session.from(), dialect.unplaced(source)))
        : 0;
  }

  String condition(Interval interval) {
    return between(start(interval), end(interval));
  }

  /** The rows from one bound on, below the other. */
  String between(String start, String end) {
    String name = session.dialect().quoted(source);
    return "%s >= %s AND %s < %s".formatted(name, start, name, end);
  }

  /** The column of the source. */
  SourceColumn source() {
    return source;
  }

  /** The first value of an interval, as it stands in a statement. */
  String start(Interval interval) {
    return literal(interval.boundsFor(column.type().kind()).start());
  }

  /** The first value after an interval. */
  String end(Interval interval) {
    return literal(interval.boundsFor(column.type().kind()).end());
  }

  private String literal(Object bound) {
    return session.dialect().literal(source, text(bound));
  }

  private String text(Object bound) {
    LocalDateTime time = local(bound);
    return switch (source.kind()) {
      case DATE ->
          time.toLocalTime().toSecondOfDay() == 0
              ? time.toLocalDate().toString()
              : time.toLocalDate().plusDays(1).toString(); // a day begins at midnight
      case TIMESTAMPTZ -> time.format(TIME) + "+00:00";
      default -> time.format(TIME);
    };
  }

  private static LocalDateTime local(Object bound) {
    if (bound instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC).toLocalDateTime();
    }
    return bound instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) bound;
  }

  private boolean fits() {
    return switch (column.type().kind()) {
      case DATE -> source.kind() == Kind.DATE;
      case TIMESTAMP -> source.kind().isTime();
      default -> source.kind() == Kind.DATE || source.kind() == Kind.TIMESTAMP && !isInstant();
    };
  }

  private boolean isInstant() {
    return session.dialect().declaredType(source).equals("timestamp");
  }

  /** Says of each row to which unit it belongs. */
  RawRows withUnits(RawRows raw, Interval interval) {
    Interval.Bounds bounds = interval.boundsFor(column.type().kind());
    return raw.within(expr(unitOf(interval.calendar())), lit(bounds.end()));
  }

  private String unitOf(IntervalDef calendar) {
    String unit = calendar.unit().word();
    ColumnType type = column.type();
    String field = column.field().replace("`", "``");
    String value = "try_cast(`%s` AS %s)".formatted(field, type.sql());
    return switch (type.kind()) {
      case DATE -> unit.equals("day") ? value : "trunc(%s, '%s')".formatted(value, unit);
      case TIMESTAMP_NTZ -> "cast(date_trunc('%s', %s) AS timestamp_ntz)".formatted(unit, value);
      default -> instant(unit, value, calendar.zone().getId());
    };
  }

  private static String instant(String unit, String value, String zone) {
    return "to_utc_timestamp(date_trunc('%s', from_utc_timestamp(%s, '%s')), '%s')"
        .formatted(unit, value, zone, zone);
  }
}
