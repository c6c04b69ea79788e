package io.afp.ingestion.jdbc;

import io.afp.core.jdbc.Identifiers;
import io.afp.ingestion.jdbc.SourceColumn.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Postgres. All but whole numbers, fractions, booleans, bytes and texts is read as text, in one
 * form whatever the settings of the session are: so what Java's types can't hold, such as infinity,
 * NaN or a time that a zone skips, is judged by the contract instead of becoming another value.
 */
final class PostgresDialect extends Dialect {

  /** The server shall not end a transaction because its reader is busy with what it has. */
  private static final String PATIENCE = "SET idle_in_transaction_session_timeout = 0";

  private static final String INFINITE = "('infinity', '-infinity')";

  PostgresDialect() {
    super(new Identifiers("\""), false, Optional.empty());
  }

  @Override
  String read(SourceColumn column) {
    return switch (column.kind()) {
      case INTEGER, FRACTION, BOOLEAN, BINARY, TEXT -> quoted(column);
      default ->
          column.typeName().equals("money")
              ? quoted(column) + "::numeric::text"
              : text(column, quoted(column));
    };
  }

  @Override
  String text(SourceColumn column, String expression) {
    return column.kind() == Kind.TIMESTAMPTZ
        ? "CASE WHEN isfinite(%1$s) THEN (%1$s AT TIME ZONE 'UTC')::text || '+00:00' ELSE (%1$s)::text END"
            .formatted(expression)
        : "(%s)::text".formatted(expression);
  }

  @Override
  String value(SourceColumn column, ResultSet row, int place) throws SQLException {
    return row.getString(place); // the statement has made it a text
  }

  @Override
  String literal(SourceColumn column, String value) {
    return "E%s::%s".formatted(string(value.replace("\\", "\\\\")), type(column));
  }

  /** The name of a type for a cast; the driver calls a number that counts up by another one. */
  static String type(SourceColumn column) {
    return switch (column.typeName()) {
      case "smallserial" -> "int2";
      case "serial" -> "int4";
      case "bigserial" -> "int8";
      default -> column.typeName();
    };
  }

  @Override
  String unplaced(SourceColumn column) {
    String isNull = super.unplaced(column);
    return column.kind().isTime()
        ? "(%s OR %s IN %s)".formatted(isNull, quoted(column), INFINITE)
        : isNull;
  }

  @Override
  String placed(SourceColumn column) {
    return column.kind().isTime()
        ? "%s NOT IN %s".formatted(quoted(column), INFINITE)
        : super.placed(column);
  }

  @Override
  boolean mayBeUnplaced(SourceColumn column) {
    return column.nullable() || column.kind().isTime();
  }

  @Override
  String range(SourceColumn column, List<String> bounds) {
    return "width_bucket(%s, ARRAY[%s]) - 1".formatted(quoted(column), String.join(", ", bounds));
  }

  /** All columns that are read, in one form whatever the settings of the session are. */
  @Override
  List<RowMark> marks(SourceColumn interval, List<SourceColumn> read) {
    String row = read.stream().map(this::read).collect(Collectors.joining(", "));
    return List.of(RowMark.checksum("hashtextextended(ROW(%s)::text, 0)".formatted(row)));
  }

  @Override
  Optional<String> exportSnapshot(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      statement.execute(PATIENCE);
      try (ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
        row.next();
        return Optional.of(row.getString(1));
      }
    }
  }

  @Override
  Optional<String> first(Optional<String> snapshot) {
    return snapshot.map(
        state ->
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT %s; %s"
                .formatted(string(state), PATIENCE));
  }

  @Override
  List<RangeFinder> rangeFinders() {
    return List.of(new PostgresStatistics(), new PostgresSample());
  }
}
