package io.afp.serving;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Executes statements, in whatever transaction the connection is. */
final class Statements {

  private Statements() {}

  static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static void update(Connection connection, String sql, String... values) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      statement.executeUpdate();
    }
  }

  /** The first column of all rows. */
  static List<String> query(Connection connection, String sql, String... values)
      throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  /** Whether a name means something to one of Postgres' functions {@code to_reg…}. */
  static boolean exists(Connection connection, String function, String name) throws SQLException {
    return query(connection, "SELECT " + function + "(?)", name).get(0) != null;
  }

  private static PreparedStatement prepare(Connection connection, String sql, String... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
    return statement;
  }
}
