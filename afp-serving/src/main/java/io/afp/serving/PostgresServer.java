package io.afp.serving;

import static io.afp.serving.Statements.execute;
import static io.afp.serving.Statements.exists;
import static io.afp.serving.Statements.query;
import static io.afp.serving.Statements.update;
import static org.apache.spark.sql.functions.col;

import io.afp.core.spi.TableServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a table in Postgres.
 *
 * <p>All rows go by COPY into a table of their own that nobody sees; then one transaction makes
 * them the served ones and records the release: by {@code swap} a view points to them, by {@code
 * upsert} the rows of a table that differ are changed. Readers see the old rows or the new ones,
 * never a part and never none; rights stay. Views of others on what is served stay too, unless it
 * has to be made anew, because a column of the view is dropped or changed, or the table of an
 * {@code upsert} is declared otherwise: then the load fails and says so. A copy that was left by a
 * dead driver is dropped by the next load.
 */
public final class PostgresServer implements TableServer {

  private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

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
    createSchemas(connection, sql);
    Optional<Served> served = served(connection, sql, release);
    if (served.isEmpty()) {
      execute(connection, List.of(sql.create()));
      update(
          connection,
          "INSERT INTO afp_serving.data_table (name, target, release) VALUES (?, ?, ?::bigint)",
          sql.data(),
          sql.target(),
          Long.toString(release));
    }
    connection.commit();
    return served;
  }

  /** Even of a schema that exists Postgres wants the right to create it, when told to create it. */
  private static void createSchemas(Connection connection, ServingSql sql) throws SQLException {
    for (String schema : List.of(ServingSql.SCHEMA, sql.targetSchema())) {
      if (!exists(connection, "to_regnamespace", schema)) {
        execute(connection, List.of("CREATE SCHEMA " + schema));
      }
    }
    if (!exists(connection, "to_regclass", ServingSql.SCHEMA + ".part")) {
      execute(connection, ServingSql.tables());
    }
  }

  private static Optional<Served> served(Connection connection, ServingSql sql, long release)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT rows, bytes FROM afp_serving.load
             WHERE target = ? AND (release > ? OR release = ? AND declaration = ?)
            """)) {
      query.setString(1, sql.target());
      query.setLong(2, release);
      query.setLong(3, release);
      query.setString(4, sql.declaration());
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
    rows.foreachPartition(new CopyTask(target, sql));
    Served copied = copied(connection, sql);
    requireComplete(request, copied, rows.count());
    Change change = change(connection, sql);
    execute(connection, change.finish());
    connection.commit();
    new Publication(connection, sql, change).publish(request, copied);
    dropOthers(connection, sql, request.release());
    return copied;
  }

  private static Change change(Connection connection, ServingSql sql) throws SQLException {
    if (sql.shape().isEmpty()) {
      return new ViewSwap(sql);
    }
    boolean same =
        Occupant.of(connection, sql) == Occupant.OWN_TABLE
            && query(
                    connection, "SELECT shape FROM afp_serving.load WHERE target = ?", sql.target())
                .contains(sql.shape().get());
    return same ? new RowMerge(sql) : new TableMove(sql);
  }

  private static Column[] columns(Request request) {
    return request.table().columns().stream().map(c -> col(c.name())).toArray(Column[]::new);
  }

  private static Served copied(Connection connection, ServingSql sql) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT coalesce(sum(rows), 0), coalesce(sum(bytes), 0) FROM afp_serving.part WHERE"
                + " data_table = ?")) {
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

  /**
   * Readers of the old rows may still be at work: what can't be dropped at once is dropped by a
   * later load.
   */
  private static void dropOthers(Connection connection, ServingSql sql, long release)
      throws SQLException {
    for (String name : others(connection, sql, release)) {
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

  /** All earlier loads; and this one, when its rows are served from another table. */
  private static List<String> others(Connection connection, ServingSql sql, long release)
      throws SQLException {
    String kept = sql.shape().isPresent() ? "" : sql.data();
    return query(
        connection,
        "SELECT name FROM afp_serving.data_table WHERE target = ? AND name <> ? AND release <="
            + " ?::bigint",
        sql.target(),
        kept,
        Long.toString(release));
  }
}
