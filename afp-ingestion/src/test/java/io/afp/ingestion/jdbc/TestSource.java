package io.afp.ingestion.jdbc;

import io.afp.core.ledger.Database.Account;
import io.afp.core.settings.ConnectionSettings;
import io.afp.core.testing.Sql;
import io.afp.core.testing.TestPostgres;
import io.afp.core.testing.TestProject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A database {@code crm} that tests read. */
final class TestSource implements AutoCloseable {

  private final Account account = TestPostgres.empty();

  TestSource execute(String... statements) {
    Sql.execute(account.uri(), statements);
    return this;
  }

  List<String> ask(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(account.uri());
  }

  String uri() {
    return account.uri();
  }

  ConnectionSettings settings() {
    return new ConnectionSettings(
        "crm", account.uri(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Has the settings of a project name it. */
  TestProject in(TestProject project) {
    return in(project, "uri: \"%s\"".formatted(account.uri()));
  }

  static TestProject in(TestProject project, String connection) {
    return project.file(
        "afp.yaml",
        """
        lake: { uri: "%s", warehouse: "%s" }
        connections: { crm: { %s } }
        """
            .formatted(
                project.lake().account().uri(), project.lake().warehouse().toUri(), connection));
  }

  @Override
  public void close() {
    TestPostgres.drop(account);
  }
}
