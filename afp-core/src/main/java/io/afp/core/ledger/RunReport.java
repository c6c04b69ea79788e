package io.afp.core.ledger;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a run did, as the ledger knows it.
 *
 * @param run its state is that of {@link RunHistory}
 * @param steps the steps of the newest attempt, in the order of the plan, serving last
 */
public record RunReport(
    RunRecord run, int attempts, List<Step> steps, List<Check> checks, List<Reject> rejects) {

  public RunReport {
    steps = List.copyOf(steps);
    checks = List.copyOf(checks);
    rejects = List.copyOf(rejects);
  }

  /** A step. Numbers that do not apply, or are not known yet, are 0. */
  public record Step(
      TableName table,
      String phase,
      String state,
      long rowsIn,
      long rowsOut,
      long rowsRejected,
      long bytes,
      Duration duration,
      boolean takenOver) {}

  /** A verdict. */
  public record Check(
      TableName table,
      String name,
      String severity,
      String status,
      long rowsJudged,
      long rowsFailed,
      String origin,
      String message,
      CheckDef.About about,
      List<Sample> samples) {

    private static final Set<String> FINE = Set.of("passed", "skipped", "learning");

    /** Whether nothing has to be looked at. */
    public boolean isFine() {
      return FINE.contains(status);
    }
  }

  /** How many rows a source lost to which reason. */
  public record Reject(
      TableName table, String column, String reason, long rows, String value, String file) {}

  /** Reads the report of a run; empty when the ledger does not know it. */
  public static Optional<RunReport> read(Database database, UUID id) {
    Runs runs = new Runs(database);
    Optional<RunRecord> run = runs.seen(id);
    int attempts = run.map(r -> runs.attempts(id).size()).orElse(0);
    return run.map(
        r ->
            new RunReport(
                r,
                attempts,
                steps(database, id, attempts),
                checks(database, id, attempts),
                rejects(database, id, attempts)));
  }

  private static List<Step> steps(Database database, UUID run, int attempt) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT s.*,
                           CASE WHEN s.state IN ('waiting', 'skipped') THEN s.started_at ELSE coalesce(s.finished_at, r.last_seen) END AS until,
                           CASE WHEN s.state = 'running' AND r.last_seen < now() THEN 'killed' ELSE s.state END AS seen_state
                      FROM afp.step s JOIN afp.v_run r USING (run_id)
                     WHERE run_id = :run AND attempt = :attempt ORDER BY phase = 'serve', position, started_at
                    """)
                .bind("run", run)
                .bind("attempt", attempt)
                .map(
                    (rs, context) ->
                        new Step(
                            new TableName(
                                rs.getString("table_namespace"), rs.getString("table_name")),
                            rs.getString("phase"),
                            rs.getString("seen_state"),
                            rs.getLong("rows_in"),
                            rs.getLong("rows_out"),
                            rs.getLong("rows_rejected"),
                            rs.getLong("bytes_out"),
                            Duration.between(
                                rs.getObject("started_at", OffsetDateTime.class),
                                rs.getObject("until", OffsetDateTime.class)),
                            rs.getObject("taken_over_from") != null))
                .list());
  }

  private static List<Check> checks(Database database, UUID run, int attempt) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM afp.check_result WHERE run_id = :run AND attempt = :attempt
                     ORDER BY table_namespace, table_name, check_name
                    """)
                .bind("run", run)
                .bind("attempt", attempt)
                .map((rs, context) -> check(rs))
                .list());
  }

  private static CheckDef.About about(ResultSet row) throws SQLException {
    return new CheckDef.About(
        Optional.ofNullable(row.getString("description")),
        Optional.ofNullable(row.getString("owner")),
        List.of((String[]) row.getArray("tags").getArray()));
  }

  /** The check in a row of {@code check_result}. */
  static Check check(ResultSet row) throws SQLException {
    return new Check(
        new TableName(row.getString("table_namespace"), row.getString("table_name")),
        row.getString("check_name"),
        row.getString("severity"),
        row.getString("status"),
        row.getLong("rows_judged"),
        row.getLong("rows_failed"),
        row.getString("origin"),
        row.getString("message"),
        about(row),
        SampleJson.read(row.getString("samples")));
  }

  private static List<Reject> rejects(Database database, UUID run, int attempt) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM afp.reject_summary WHERE run_id = :run AND attempt = :attempt
                     ORDER BY table_namespace, table_name, rows DESC
                    """)
                .bind("run", run)
                .bind("attempt", attempt)
                .map((rs, context) -> reject(rs))
                .list());
  }

  /** The reject in a row of {@code reject_summary}. */
  static Reject reject(ResultSet row) throws SQLException {
    return new Reject(
        new TableName(row.getString("table_namespace"), row.getString("table_name")),
        row.getString("column_name"),
        row.getString("reason"),
        row.getLong("rows"),
        row.getString("sample_value"),
        row.getString("sample_file"));
  }
}
