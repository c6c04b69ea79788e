package io.afp.serving;

import static org.apache.spark.sql.functions.col;

import io.afp.core.spi.TableServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a table by a full copy.
 *
 * <p>The rows go by COPY into a table of their own that nobody sees; then one transaction points
 * the served view to it and records the release. Readers see the old rows or the new ones, never a
 * part and never none; rights and views on the served view stay. A copy that was left by a dead
 * driver is dropped by the next one.
 */
public final class SwapServer implements TableServer {

  private static final Logger log = LoggerFactory.getLogger(SwapServer.class);
  private static final String COLUMNS_CHANGED = "42P16";

  @Override
  public Served serve(Request request) {
    Target target = new Target(request.account(), request.runId());
    ServingSql sql = new ServingSql(request.table(), request.serve(), request.release());
    try (Connection connection = target.connect()) {
      Optional<Served> before = prepare(connection, sql, request.release());
      return before.isPresent() ? before.get() : load(connection, target, sql, request);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw ServingErrors.translate(request.table(), request.serve(), e);
    }
  }

  /** Makes room for the copy; gives what is served, if that is this release or a later one. */
  private static Optional<Served> prepare(Connection connection, ServingSql sql, long release)
      throws SQLException {
    // Two first loads at once would both create the schema, and one of them would fail.
    execute(
        connection, List.of("SELECT pg_advisory_xact_lock(hashtextextended('afp.serving', 0))"));
    execute(connection, ServingSql.schema());
    Optional<Served> served = served(connection, sql, release);
    if (served.isEmpty()) {
      execute(connection, List.of(sql.drop(), sql.create()));
      update(connection, "DELETE FROM afp_serving.part WHERE data_table = ?", sql.data());
      update(
          connection,
          "INSERT INTO afp_serving.data_table (name, target) VALUES (?, ?) ON CONFLICT DO NOTHING",
          sql.data(),
          sql.target());
    }
    connection.commit();
    return served;
  }

  private static Optional<Served> served(Connection connection, ServingSql sql, long release)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT rows, bytes FROM afp_serving.load WHERE target = ? AND (release > ? OR data_table = ?)")) {
      query.setString(1, sql.target());
      query.setLong(2, release);
      query.setString(3, sql.data());
      try (ResultSet found = query.executeQuery()) {
        return found.next()
            ? Optional.of(new Served(found.getLong(1), found.getLong(2)))
            : Optional.empty();
      }
    }
  }

  private static Served load(Connection connection, Target target, ServingSql sql, Request request)
      throws SQLException {
    Dataset<Row> rows = request.rows().select(columns(request));
    rows.foreachPartition(new CopyTask(target, sql.data(), sql.copy()));
    Served copied = copied(connection, sql);
    requireComplete(request, copied, rows.count());
    execute(connection, sql.finish());
    connection.commit();
    swap(connection, sql, request, copied);
    dropOthers(connection, sql);
    return copied;
  }

  private static Column[] columns(Request request) {
    return request.table().columns().stream().map(c -> col(c.name())).toArray(Column[]::new);
  }

  private static Served copied(Connection connection, ServingSql sql) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT coalesce(sum(rows), 0), coalesce(sum(bytes), 0) FROM afp_serving.part WHERE data_table = ?")) {
      query.setString(1, sql.data());
      try (ResultSet sums = query.executeQuery()) {
        sums.next();
        return new Served(sums.getLong(1), sums.getLong(2));
      }
    }
  }

  private static void requireComplete(Request request, Served copied, long rows) {
    if (copied.rows() != rows) {
      throw ServingErrors.incomplete(request.table(), copied.rows(), rows);
    }
  }

  private static void swap(Connection connection, ServingSql sql, Request request, Served copied)
      throws SQLException {
    execute(connection, List.of("SET LOCAL lock_timeout = '10s'", sql.createTargetSchema()));
    replaceView(connection, sql);
    execute(connection, sql.dress());
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO afp_serving.load (target, release, data_table, rows, bytes, run_id) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (target) DO UPDATE SET release = excluded.release, data_table = excluded.data_table,
              rows = excluded.rows, bytes = excluded.bytes, run_id = excluded.run_id, loaded_at = now()
            """)) {
      insert.setString(1, sql.target());
      insert.setLong(2, request.release());
      insert.setString(3, sql.data());
      insert.setLong(4, copied.rows());
      insert.setLong(5, copied.bytes());
      insert.setObject(6, request.runId());
      insert.executeUpdate();
    }
    connection.commit();
  }

  /**
   * A view keeps its rights when it is replaced, but can only gain columns; else it is made anew in
   * the same transaction.
   */
  private static void replaceView(Connection connection, ServingSql sql) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      execute(connection, List.of(sql.replaceView()));
    } catch (SQLException e) {
      if (!COLUMNS_CHANGED.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      execute(connection, List.of(sql.dropView(), sql.replaceView()));
    }
  }

  /**
   * Readers of the old rows may still be at work: what can't be dropped at once is dropped by a
   * later load.
   */
  private static void dropOthers(Connection connection, ServingSql sql) throws SQLException {
    for (String name : others(connection, sql)) {
      try {
        execute(
            connection,
            List.of(
                "SET LOCAL lock_timeout = '1s'",
                "DROP TABLE IF EXISTS afp_serving.\"" + name.replace("\"", "\"\"") + '"'));
        update(connection, "DELETE FROM afp_serving.data_table WHERE name = ?", name);
        update(connection, "DELETE FROM afp_serving.part WHERE data_table = ?", name);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        log.info("{} is still read and stays until the next load: {}", name, e.getMessage());
      }
    }
  }

  private static List<String> others(Connection connection, ServingSql sql) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT name FROM afp_serving.data_table WHERE target = ? AND name <> ?")) {
      query.setString(1, sql.target());
      query.setString(2, sql.data());
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          names.add(found.getString(1));
        }
      }
    }
    return names;
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void update(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
