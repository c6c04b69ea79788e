package io.afp.ingestion.jdbc;

import io.afp.core.jdbc.Identifiers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What databases do in different ways. This is what all do; its subclasses know more.
 *
 * <p>Identifiers are always quoted, and values are literals that this class writes: nothing of the
 * data gets into a statement as it is.
 */
class Dialect {

  private final Identifiers identifiers;
  private final boolean plainTimes;
  private final Optional<RowHash> rowHash;

  Dialect(Identifiers identifiers, boolean plainTimes, Optional<RowHash> rowHash) {
    this.identifiers = identifiers;
    this.plainTimes = plainTimes;
    this.rowHash = rowHash;
  }

  static Dialect of(Connection connection) throws SQLException {
    return switch (connection.getMetaData().getDatabaseProductName()) {
      case "PostgreSQL" -> new PostgresDialect();
      case "MySQL", "MariaDB" -> new MySqlDialect();
      case "HSQL Database Engine" -> new HsqlDialect(Identifiers.of(connection));
      case "Microsoft SQL Server" ->
          new Dialect(Identifiers.of(connection), true, Optional.of(RowHash.SQL_SERVER));
      case "Oracle" -> with(connection, RowHash.ORACLE);
      case "H2" -> with(connection, RowHash.H2);
      case "DuckDB" -> with(connection, RowHash.DUCK_DB);
      default -> new Dialect(Identifiers.of(connection), false, Optional.empty());
    };
  }

  private static Dialect with(Connection connection, RowHash hash) throws SQLException {
    return new Dialect(Identifiers.of(connection), false, Optional.of(hash));
  }

  final Identifiers identifiers() {
    return identifiers;
  }

  final String quoted(String name) {
    return identifiers.quoted(name);
  }

  final String quoted(SourceColumn column) {
    return quoted(column.name());
  }

  /**
   * The expression by which a column is read: types that Spark would read as something else come as
   * text.
   */
  String read(SourceColumn column) {
    boolean asText =
        switch (column.kind()) {
          case DECIMAL -> !column.isBounded();
          case TIMESTAMPTZ -> true;
          default -> column.isTimeOfDay();
        };
    return asText ? "CAST(%s AS VARCHAR(128))".formatted(quoted(column)) : quoted(column);
  }

  /** The type that a column of a table has for it; that of the database where there is none. */
  String declaredType(SourceColumn column) {
    return column.declaredType();
  }

  /** The expression that gives a value as the text that {@link #literal} takes. */
  String text(SourceColumn column, String expression) {
    return expression;
  }

  /** The value in a place of a row, as the text that {@link #literal} takes; or null. */
  String value(SourceColumn column, ResultSet row, int place) throws SQLException {
    return switch (column.kind()) {
      case TIMESTAMP -> Values.text(row.getTimestamp(place));
      case TIMESTAMPTZ -> Values.text(row.getObject(place, OffsetDateTime.class));
      default -> row.getString(place);
    };
  }

  /** The same as the state of an interval shows it. */
  String shown(SourceColumn column, ResultSet row, int place) throws SQLException {
    return row.getString(place);
  }

  /** A value of a column, for a statement. */
  String literal(SourceColumn column, String value) {
    return switch (column.kind()) {
      case INTEGER, DECIMAL, FRACTION -> number(value);
      case DATE -> time("DATE", value);
      case TIMESTAMP -> time("TIMESTAMP", value);
      case TIMESTAMPTZ -> time("TIMESTAMP WITH TIME ZONE", value);
      default -> string(value);
    };
  }

  private static String number(String value) {
    if (!value.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw new IllegalArgumentException("not a number: " + value);
    }
    return value;
  }

  private String time(String type, String value) {
    return plainTimes ? string(value) : type + " " + string(value);
  }

  static String string(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** Whether a value has no place among the others: null, and what a database calls infinite. */
  String unplaced(SourceColumn column) {
    return quoted(column) + " IS NULL";
  }

  /** Whether a value has a place. */
  String placed(SourceColumn column) {
    return quoted(column) + " IS NOT NULL";
  }

  boolean mayBeUnplaced(SourceColumn column) {
    return column.nullable();
  }

  /** The number of the range that a value lies in, between bounds that grow; the first is 0. */
  String range(SourceColumn column, List<String> bounds) {
    StringBuilder ranges = new StringBuilder("CASE");
    for (int i = 1; i < bounds.size(); i++) {
      ranges.append(" WHEN %s < %s THEN %d".formatted(quoted(column), bounds.get(i), i - 1));
    }
    return ranges.append(" END").toString();
  }

  /** Ways to tell the rows of an interval from others, the best one first. */
  List<RowMark> marks(SourceColumn interval, List<SourceColumn> read) {
    return Stream.concat(
            rowHash.map(hash -> RowMark.checksum(hash.of(this, read))).stream(),
            Stream.of(RowMark.bounds(this, interval)))
        .toList();
  }

  /** Begins a session; its transaction sees one state where it can, and how others see it, too. */
  Optional<String> exportSnapshot(Connection connection) throws SQLException {
    return Optional.empty();
  }

  /**
   * What another connection does first.
   *
   * @param snapshot the state that it is to see, if it can
   */
  Optional<String> first(Optional<String> snapshot) {
    return Optional.empty();
  }

  /** Ways to find the bounds of ranges of about equal weight, the best one first. */
  List<RangeFinder> rangeFinders() {
    return List.of(new SortedRanges(), new EvenRanges());
  }
}
