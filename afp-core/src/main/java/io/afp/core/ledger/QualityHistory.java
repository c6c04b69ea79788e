package io.afp.core.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How the data was judged, for people. */
public final class QualityHistory {

  private final Database database;

  public QualityHistory(Database database) {
    this.database = database;
  }

  /** A verdict, the run that it is of, and when its attempt began. */
  public record Judged(RunReport.Check check, UUID run, Instant started) {}

  /** A reason for which rows were rejected, and the run that did it. */
  public record Rejected(RunReport.Reject reject, UUID run) {}

  /**
   * The verdicts on each table when it was judged last; a check that has gone from the definition
   * since then is not among them.
   *
   * @param of a table, or a pipeline for all of its tables; empty for all there are
   */
  public List<Judged> lastVerdicts(Optional<String> of) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT c.*, last.started_at
                      FROM (SELECT DISTINCT ON (v.table_namespace, v.table_name) v.run_id, v.attempt, v.table_namespace, v.table_name, a.started_at
                              FROM afp.check_result v JOIN afp.attempt a ON (a.run_id, a.number) = (v.run_id, v.attempt)
                             ORDER BY v.table_namespace, v.table_name, a.started_at DESC) last
                      JOIN afp.check_result c USING (run_id, attempt, table_namespace, table_name)
                      JOIN afp.run r ON r.id = c.run_id
                     WHERE :of::text IS NULL OR :of IN (r.pipeline, c.table_namespace || '.' || c.table_name)
                     ORDER BY c.table_namespace, c.table_name, c.check_name
                    """)
                .bind("of", of)
                .map(
                    (rs, context) ->
                        new Judged(
                            RunReport.check(rs),
                            rs.getObject("run_id", UUID.class),
                            rs.getObject("started_at", OffsetDateTime.class).toInstant()))
                .list());
  }

  /** Why the newest attempts of these runs rejected rows. */
  public List<Rejected> rejectsOf(Collection<UUID> runs) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM afp.reject_summary s
                     WHERE run_id = ANY (:runs) AND attempt = (SELECT max(a.number) FROM afp.attempt a WHERE a.run_id = s.run_id)
                     ORDER BY table_namespace, table_name, rows DESC, column_name, reason
                    """)
                .bind("runs", runs.toArray(UUID[]::new))
                .map((rs, context) -> rejected(rs))
                .list());
  }

  /**
   * Why rows were rejected, newest run first; of a run that was tried again, what its last attempt
   * says.
   *
   * @param table the table; empty for all
   */
  public List<Rejected> newestRejects(Optional<String> table, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT s.*
                      FROM afp.reject_summary s JOIN afp.attempt a ON (a.run_id, a.number) = (s.run_id, s.attempt)
                     WHERE (:table::text IS NULL OR s.table_namespace || '.' || s.table_name = :table)
                       AND s.attempt = (SELECT max(l.attempt) FROM afp.reject_summary l
                                         WHERE (l.run_id, l.table_namespace, l.table_name) = (s.run_id, s.table_namespace, s.table_name))
                     ORDER BY a.started_at DESC, s.table_namespace, s.table_name, s.rows DESC, s.column_name, s.reason
                     LIMIT :limit
                    """)
                .bind("table", table)
                .bind("limit", limit)
                .map((rs, context) -> rejected(rs))
                .list());
  }

  private static Rejected rejected(ResultSet rs) throws SQLException {
    return new Rejected(RunReport.reject(rs), rs.getObject("run_id", UUID.class));
  }
}
