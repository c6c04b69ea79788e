package io.afp.serving;

import static io.afp.serving.Statements.execute;
import static io.afp.serving.Statements.query;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.spi.TableServer.Request;
import io.afp.core.spi.TableServer.Served;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transaction that makes the loaded rows the served ones, and records them.
 *
 * <p>A swap needs the served view for itself, so it waits for who reads it; and who wants to read
 * it then waits too. So it waits a moment only, lets the readers pass, and tries again.
 */
final class Publication {

  private static final Logger log = LoggerFactory.getLogger(Publication.class);
  private static final String LOCKED = "55P03";
  private static final int TRIES = 150;
  private static final long PAUSE_MS = 1_000;

  private final Connection connection;
  private final ServingSql sql;
  private final Change change;

  Publication(Connection connection, ServingSql sql, Change change) {
    this.connection = connection;
    this.sql = sql;
    this.change = change;
  }

  /** Makes the loaded rows the served ones, and commits. */
  void publish(Request request, Served copied) throws SQLException {
    for (int left = TRIES; !tryPublish(request, copied, left); left--) {
      log.info("{} is being read; the load waits", sql.target());
      pause();
    }
  }

  private boolean tryPublish(Request request, Served copied, int left) throws SQLException {
    try {
      requireNoLater(request);
      execute(connection, List.of("SET LOCAL lock_timeout = '%s'".formatted(change.patience())));
      change.apply(connection);
      execute(connection, sql.dress());
      record(request, copied);
      connection.commit();
      return true;
    } catch (SQLException e) {
      if (left <= 1 || !LOCKED.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback();
      return false;
    }
  }

  /** Two drivers that serve one target take turns, and an older release comes too late. */
  private void requireNoLater(Request request) throws SQLException {
    query(
        connection,
        "SELECT pg_advisory_xact_lock(hashtextextended('afp.serving:' || ?, 0))::text",
        sql.target());
    List<String> later =
        query(
            connection,
            "SELECT release::text FROM afp_serving.load WHERE target = ? AND release > ?::bigint",
            sql.target(),
            Long.toString(request.release()));
    if (!later.isEmpty()) {
      throw new SQLException("a later release is served already", "40001");
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS); // Postgres tells nobody when a lock is given up
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AfpException(
          ErrorCode.INTERRUPTED, "Cannot wait for the served view: interrupted", "Run again.", e);
    }
  }

  private void record(Request request, Served copied) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO afp_serving.load (target, release, declaration, data_table, shape, rows, bytes, run_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (target) DO UPDATE SET release = excluded.release, declaration = excluded.declaration,
              data_table = excluded.data_table, shape = excluded.shape, rows = excluded.rows, bytes = excluded.bytes,
              run_id = excluded.run_id, loaded_at = now()
            WHERE load.release <= excluded.release
            """)) {
      insert.setString(1, sql.target());
      insert.setLong(2, request.release());
      insert.setString(3, sql.declaration());
      insert.setString(4, sql.data());
      insert.setString(5, sql.shape().orElse(null));
      insert.setLong(6, copied.rows());
      insert.setLong(7, copied.bytes());
      insert.setObject(8, request.runId());
      if (insert.executeUpdate() == 0) {
        throw new SQLException("a later release is served already", "40001");
      }
    }
  }
}
