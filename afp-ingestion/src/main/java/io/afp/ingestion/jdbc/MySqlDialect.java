package io.afp.ingestion.jdbc;

import io.afp.core.jdbc.Identifiers;
import io.afp.ingestion.jdbc.SourceColumn.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Optional;

/**
 * MySQL and MariaDB. Days and times are read as text, as the server writes them in UTC: their
 * drivers make null of a day that is none, such as {@code 0000-00-00}, and which instant a {@code
 * TIMESTAMP} is would depend on the zone of the session.
 */
final class MySqlDialect extends Dialect {

  private static final String IN_UTC = "SET time_zone = '+00:00'";

  MySqlDialect() {
    super(new Identifiers("`"), false, Optional.of(RowHash.MYSQL));
  }

  @Override
  String read(SourceColumn column) {
    return switch (column.kind()) {
      case INTEGER, FRACTION, BOOLEAN, BINARY, TEXT -> quoted(column);
      case DECIMAL -> column.isBounded() ? quoted(column) : text(quoted(column));
      default -> other(column);
    };
  }

  private String other(SourceColumn column) {
    String text = text(column.type() == Types.BIT ? quoted(column) + " + 0" : quoted(column));
    return isInstant(column) ? "CONCAT(%s, '+00:00')".formatted(text) : text;
  }

  @Override
  String declaredType(SourceColumn column) {
    return isInstant(column) ? "timestamp" : column.declaredType();
  }

  private static boolean isInstant(SourceColumn column) {
    return column.typeName().equals("TIMESTAMP");
  }

  private static String text(String expression) {
    return "CAST(%s AS CHAR)".formatted(expression);
  }

  @Override
  String text(SourceColumn column, String expression) {
    return column.kind().isTime() ? text(expression) : expression;
  }

  @Override
  String value(SourceColumn column, ResultSet row, int place) throws SQLException {
    return row.getString(place);
  }

  @Override
  String unplaced(SourceColumn column) {
    return column.kind().isTime()
        ? "(%s OR %s < %s)".formatted(super.unplaced(column), quoted(column), first(column))
        : super.unplaced(column);
  }

  @Override
  String placed(SourceColumn column) {
    return column.kind().isTime()
        ? "%s >= %s".formatted(quoted(column), first(column))
        : super.placed(column);
  }

  /** What lies before it is no day. */
  private String first(SourceColumn column) {
    String day = "1000-01-01";
    return literal(column, column.kind() == Kind.DATE ? day : day + " 00:00:00");
  }

  @Override
  boolean mayBeUnplaced(SourceColumn column) {
    return column.nullable() || column.kind().isTime();
  }

  @Override
  Optional<String> exportSnapshot(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(IN_UTC);
    }
    return Optional.empty();
  }

  @Override
  Optional<String> first(Optional<String> snapshot) {
    return Optional.of(IN_UTC);
  }
}
