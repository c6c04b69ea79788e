package io.afp.ingestion.jdbc;

import io.afp.core.definition.JdbcSourceDef.NamedTable;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The primary key of a table, as far as its database tells. */
final class PrimaryKey {

  private PrimaryKey() {}

  /** Its columns as the database has them, in its order; empty without one. */
  static List<String> of(Connection connection, NamedTable table) throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    List<String> parts = table.parts();
    boolean schemas = database.supportsSchemasInDataManipulation();
    String name = parts.get(parts.size() - 1);
    SortedMap<Integer, String> key = new TreeMap<>();
    try (ResultSet columns =
        database.getPrimaryKeys(
            catalog(connection, parts, schemas), schema(connection, parts, schemas), name)) {
      while (columns.next()) {
        key.put(columns.getInt("KEY_SEQ"), columns.getString("COLUMN_NAME"));
      }
    } catch (SQLFeatureNotSupportedException e) {
      return List.of();
    }
    return List.copyOf(key.values());
  }

  /** Some databases call that a catalog what others call a schema. */
  private static String schema(Connection connection, List<String> parts, boolean schemas)
      throws SQLException {
    if (!schemas) {
      return null;
    }
    Optional<String> named = fromEnd(parts, 2);
    return named.isPresent() ? named.get() : connection.getSchema();
  }

  private static String catalog(Connection connection, List<String> parts, boolean schemas)
      throws SQLException {
    Optional<String> named = fromEnd(parts, schemas ? 3 : 2);
    return named.isPresent() ? named.get() : connection.getCatalog();
  }

  private static Optional<String> fromEnd(List<String> parts, int place) {
    return parts.size() < place ? Optional.empty() : Optional.of(parts.get(parts.size() - place));
  }
}
