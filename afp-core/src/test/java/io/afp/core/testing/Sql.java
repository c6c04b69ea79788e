package io.afp.core.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements for a database of a test, of any kind. */
public final class Sql {

  private Sql() {}

  /** Connects and executes them, one after the other. */
  public static void execute(String uri, String... statements) {
    try (Connection connection = DriverManager.getConnection(uri);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot prepare a test database: " + e.getMessage(), e);
    }
  }
}
