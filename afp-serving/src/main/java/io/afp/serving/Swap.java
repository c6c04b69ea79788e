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
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transaction that points the served view to a table that is loaded.
 *
 * <p>It needs the view for itself, so it waits for who reads it; and who wants to read it then
 * waits too. So it waits a moment only, lets the readers pass, and tries again.
 */
final class Swap {

  private static final Logger log = LoggerFactory.getLogger(Swap.class);
  private static final String COLUMNS_CHANGED = "42P16";
  private static final String LOCKED = "55P03";
  private static final int TRIES = 150;
  private static final long PAUSE_MS = 1_000;

  private final Connection connection;
  private final ServingSql sql;

  Swap(Connection connection, ServingSql sql) {
    this.connection = connection;
    this.sql = sql;
  }

  /** Makes the loaded rows the served ones, and commits. */
  void publish(Request request, Served copied) throws SQLException {
    for (int left = TRIES; !tryPublish(request, copied, left); left--) {
      log.info("{} is being read; the swap waits", sql.target());
      pause();
    }
  }

  private boolean tryPublish(Request request, Served copied, int left) throws SQLException {
    try {
      execute(connection, List.of("SET LOCAL lock_timeout = '500ms'"));
      replaceView();
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

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS); // Postgres tells nobody when a lock is given up
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AfpException(
          ErrorCode.INTERRUPTED, "Cannot wait for the served view: interrupted", "Run again.", e);
    }
  }

  /**
   * A view keeps its rights when it is replaced, but can only gain columns; else it is made anew in
   * the same transaction, and gets back the rights that it had.
   */
  private void replaceView() throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      execute(connection, List.of(sql.replaceView()));
    } catch (SQLException e) {
      if (!COLUMNS_CHANGED.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      List<String> statements = new ArrayList<>(List.of(sql.dropView(), sql.replaceView()));
      statements.addAll(rights());
      execute(connection, statements);
    }
  }

  /** Statements that give the rights that roles have on the served view now. */
  private List<String> rights() throws SQLException {
    return query(
        connection,
        """
        SELECT format('GRANT %s ON %s TO %s%s', acl.privilege_type, view.oid::regclass,
                 CASE WHEN acl.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)) END,
                 CASE WHEN acl.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
          FROM pg_class view, aclexplode(view.relacl) acl
         WHERE view.oid = to_regclass(?) AND acl.grantee <> view.relowner
        """,
        sql.qualifiedTarget());
  }

  private void record(Request request, Served copied) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO afp_serving.load (target, release, data_table, rows, bytes, run_id) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (target) DO UPDATE SET release = excluded.release, data_table = excluded.data_table,
              rows = excluded.rows, bytes = excluded.bytes, run_id = excluded.run_id, loaded_at = now()
            WHERE load.release <= excluded.release
            """)) {
      insert.setString(1, sql.target());
      insert.setLong(2, request.release());
      insert.setString(3, sql.data());
      insert.setLong(4, copied.rows());
      insert.setLong(5, copied.bytes());
      insert.setObject(6, request.runId());
      if (insert.executeUpdate() == 0) {
        throw new SQLException("a later release is served already", "40001");
      }
    }
  }
}
