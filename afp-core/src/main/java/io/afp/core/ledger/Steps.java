package io.afp.core.ledger;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** The steps of one attempt. */
public final class Steps {

  private final Database database;
  private final AttemptRecord attempt;

  public Steps(Database database, AttemptRecord attempt) {
    this.database = database;
    this.attempt = attempt;
  }

  /** Records a step that is to come; one that is there already stays as it is. */
  public void plan(Phase phase, TableName table) {
    database.useTransaction(
        handle ->
            bindStep(
                    handle.createUpdate(
                        """
                        INSERT INTO afp.step (run_id, attempt, phase, table_namespace, table_name, state, position)
                        VALUES (:run, :attempt, :phase, :namespace, :name, 'waiting', %s) ON CONFLICT DO NOTHING
                        """
                            .formatted(POSITION)),
                    phase,
                    table)
                .execute());
  }

  /** The place of its table in the plan, else the next one. */
  private static final String POSITION =
      """
      (SELECT coalesce(min(position) FILTER (WHERE (table_namespace, table_name) = (:namespace, :name)), max(position) + 1, 1)
         FROM afp.step WHERE run_id = :run AND attempt = :attempt)
      """;

  /** Records that a step is not begun, because one before it has failed. */
  public void skip(Phase phase, TableName table) {
    state(phase, table, "skipped");
  }

  /** Records that a step has begun. */
  public void start(Phase phase, TableName table, String fingerprint, String checks) {
    database.useTransaction(
        handle ->
            bindStep(
                    handle.createUpdate(
                        """
                        INSERT INTO afp.step (run_id, attempt, phase, table_namespace, table_name, state, position, fingerprint, checks)
                        VALUES (:run, :attempt, :phase, :namespace, :name, 'running', %s, :fingerprint, :checks)
                        ON CONFLICT (run_id, attempt, phase, table_namespace, table_name) DO UPDATE
                          SET state = 'running', started_at = now(), finished_at = NULL,
                            fingerprint = excluded.fingerprint, checks = excluded.checks
                        """
                            .formatted(POSITION)),
                    phase,
                    table)
                .bind("fingerprint", fingerprint)
                .bind("checks", checks)
                .execute());
  }

  /**
   * Records that a step builds its table anew: publish forgets what was done for the table before.
   */
  public void markFullRefresh(Phase phase, TableName table) {
    database.useTransaction(
        handle ->
            bindStep(
                    handle.createUpdate(
                        """
                        UPDATE afp.step SET full_refresh = true
                         WHERE run_id = :run AND attempt = :attempt AND phase = :phase
                           AND table_namespace = :namespace AND table_name = :name
                        """),
                    phase,
                    table)
                .execute());
  }

  /** What a finished step leaves in the ledger. */
  public record Outcome(
      long rowsIn,
      long rowsOut,
      long rowsRejected,
      long bytesOut,
      List<Long> snapshots,
      List<StepUnit> units,
      List<RejectCount> rejects,
      List<SchemaVersion> schemas,
      Collection<TableName> read,
      Collection<TableName> wrote) {

    /** The outcome of a step that writes no table of the lake. */
    public static Outcome of(long rows, long bytes) {
      return new Outcome(
          rows, rows, 0, bytes, List.of(), List.of(), List.of(), List.of(), Set.of(), Set.of());
    }
  }

  /** Records that a step has finished, with all that belongs to it, in one transaction. */
  public void finish(Phase phase, TableName table, Outcome outcome) {
    database.useTransaction(
        handle -> {
          finishRow(handle, phase, table, outcome);
          outcome.wrote().forEach(t -> access(handle, table, t, "write"));
          outcome.read().forEach(t -> access(handle, table, t, "read"));
          outcome.units().forEach(unit -> unit(handle, table, unit));
          outcome.rejects().forEach(reject -> reject(handle, table, reject));
          SchemaVersions.keep(handle, attempt, table, outcome.schemas());
        });
  }

  private void finishRow(Handle handle, Phase phase, TableName table, Outcome outcome) {
    bindStep(
            handle.createUpdate(
                """
                UPDATE afp.step SET state = 'finished', finished_at = now(), rows_in = :rowsIn, rows_out = :rowsOut,
                  rows_rejected = :rejected, bytes_out = :bytes, snapshots = :snapshots
                 WHERE run_id = :run AND attempt = :attempt AND phase = :phase
                   AND table_namespace = :namespace AND table_name = :name
                """),
            phase,
            table)
        .bind("rowsIn", outcome.rowsIn())
        .bind("rowsOut", outcome.rowsOut())
        .bind("rejected", outcome.rowsRejected())
        .bind("bytes", outcome.bytesOut())
        .bind("snapshots", outcome.snapshots().toArray(Long[]::new))
        .execute();
  }

  /** Records that a step has failed. */
  public void fail(Phase phase, TableName table) {
    state(phase, table, "failed");
  }

  private void state(Phase phase, TableName table, String state) {
    database.useTransaction(
        handle ->
            bindStep(
                    handle.createUpdate(
                        """
                        UPDATE afp.step SET state = :state, finished_at = now()
                         WHERE run_id = :run AND attempt = :attempt AND phase = :phase
                           AND table_namespace = :namespace AND table_name = :name
                        """),
                    phase,
                    table)
                .bind("state", state)
                .execute());
  }

  private void access(Handle handle, TableName step, TableName table, String access) {
    bindTable(
            handle.createUpdate(
                """
                INSERT INTO afp.step_table (run_id, attempt, step, table_namespace, table_name, access)
                VALUES (:run, :attempt, :step, :namespace, :name, :access) ON CONFLICT DO NOTHING
                """),
            table)
        .bind("step", step.toString())
        .bind("access", access)
        .execute();
  }

  private void unit(Handle handle, TableName table, StepUnit unit) {
    bindTable(
            handle.createUpdate(
                """
                INSERT INTO afp.step_unit (run_id, attempt, table_namespace, table_name, unit, interval_start,
                  interval_end, definition_hash, inputs, keeps_files)
                VALUES (:run, :attempt, :namespace, :name, :unit, :start, :end, :hash, :inputs, :keeps)
                """),
            table)
        .bind("unit", unit.unit().label())
        .bind("start", unit.unit().interval().map(Interval::start))
        .bind("end", unit.unit().interval().map(Interval::end))
        .bind("hash", unit.definitionHash())
        .bind("inputs", unit.inputs().toArray(String[]::new))
        .bind("keeps", unit.earlier() == StepUnit.Earlier.KEPT)
        .execute();
    files(handle, table, unit);
  }

  private void files(Handle handle, TableName table, StepUnit unit) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO afp.step_file (run_id, attempt, table_namespace, table_name, unit, path, checksum, size,
              modified_at, checked_at)
            VALUES (:run, :attempt, :namespace, :name, :unit, :path, :checksum, :size, :modified, :checked)
            """);
    for (LoadedFile file : unit.files().get()) {
      batch
          .bind("run", attempt.runId())
          .bind("attempt", attempt.number())
          .bind("namespace", table.namespace())
          .bind("name", table.name())
          .bind("unit", unit.unit().label())
          .bind("path", file.path())
          .bind("checksum", file.checksum())
          .bind("size", file.stamp().map(FileStamp::size))
          .bind("modified", file.stamp().map(FileStamp::modified))
          .bind("checked", file.checked())
          .add();
    }
    batch.execute();
  }

  private void reject(Handle handle, TableName table, RejectCount reject) {
    bindTable(
            handle.createUpdate(
                """
                INSERT INTO afp.reject_summary (run_id, attempt, table_namespace, table_name, column_name, reason, rows,
                  sample_value, sample_file)
                VALUES (:run, :attempt, :namespace, :name, :column, :reason, :rows, :value, :file)
                """),
            table)
        .bind("column", reject.column())
        .bind("reason", reject.reason())
        .bind("rows", reject.rows())
        .bind("value", reject.sampleValue())
        .bind("file", reject.sampleFile())
        .execute();
  }

  /** Why rows of a table were rejected. */
  public List<RejectCount> rejects(TableName table) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT column_name, reason, rows, sample_value, sample_file FROM afp.reject_summary
                     WHERE run_id = :run AND attempt = :attempt AND table_namespace = :namespace AND table_name = :name
                     ORDER BY rows DESC, column_name, reason
                    """)
                .bind("run", attempt.runId())
                .bind("attempt", attempt.number())
                .bind("namespace", table.namespace())
                .bind("name", table.name())
                .map(
                    (rs, context) ->
                        new RejectCount(
                            rs.getString(1),
                            rs.getString(2),
                            rs.getLong(3),
                            rs.getString(4),
                            rs.getString(5)))
                .list());
  }

  private Update bindStep(Update update, Phase phase, TableName table) {
    return bindTable(update, table).bind("phase", phase.label());
  }

  private Update bindTable(Update update, TableName table) {
    return update
        .bind("run", attempt.runId())
        .bind("attempt", attempt.number())
        .bind("namespace", table.namespace())
        .bind("name", table.name());
  }

  /** The finished steps, in the order of the plan. */
  public List<StepRecord> finished() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT s.*,
                      ARRAY(SELECT t.table_namespace || '.' || t.table_name FROM afp.step_table t
                             WHERE (t.run_id, t.attempt) = (s.run_id, s.attempt) AND t.access = 'read'
                               AND t.step = s.table_namespace || '.' || s.table_name) AS reads,
                      ARRAY(SELECT t.table_namespace || '.' || t.table_name FROM afp.step_table t
                             WHERE (t.run_id, t.attempt) = (s.run_id, s.attempt) AND t.access = 'write'
                               AND t.step = s.table_namespace || '.' || s.table_name) AS writes
                      , ARRAY(SELECT u.unit FROM afp.step_unit u
                             WHERE (u.run_id, u.attempt, u.table_namespace, u.table_name)
                                 = (s.run_id, s.attempt, s.table_namespace, s.table_name)
                             ORDER BY u.interval_start) AS units
                      FROM afp.step s
                     WHERE run_id = :run AND attempt = :attempt AND state = 'finished'
                     ORDER BY position, finished_at
                    """)
                .bind("run", attempt.runId())
                .bind("attempt", attempt.number())
                .map((rs, context) -> record(rs))
                .list());
  }

  private static StepRecord record(ResultSet rs) throws SQLException {
    return new StepRecord(
        rs.getString("phase"),
        new TableName(rs.getString("table_namespace"), rs.getString("table_name")),
        rs.getString("fingerprint"),
        rs.getString("checks"),
        rs.getLong("rows_in"),
        rs.getLong("rows_rejected"),
        List.of((String[]) rs.getArray("units").getArray()),
        List.of((Long[]) rs.getArray("snapshots").getArray()),
        names((String[]) rs.getArray("reads").getArray()),
        names((String[]) rs.getArray("writes").getArray()));
  }

  private static Set<TableName> names(String[] texts) {
    return Arrays.stream(texts).map(TableName::parse).collect(Collectors.toSet());
  }

  /**
   * Takes a finished step of an earlier attempt over, with all that belongs to it. One that is
   * planned keeps its place.
   */
  public void takeOver(AttemptRecord from, StepRecord step) {
    database.useTransaction(
        handle -> {
          for (String sql : TAKE_OVER) {
            bindStep(handle.createUpdate(sql), Phase.of(step.phase()), step.table())
                .bind("from", from.number())
                .bind("step", step.table().toString())
                .execute();
          }
        });
  }

  private static final List<String> TAKE_OVER =
      List.of(
          """
          INSERT INTO afp.step (run_id, attempt, phase, table_namespace, table_name, state, position, fingerprint, checks, rows_in,
            rows_out, rows_rejected, bytes_out, snapshots, full_refresh, taken_over_from, started_at, finished_at)
          SELECT run_id, :attempt, phase, table_namespace, table_name, state, position, fingerprint, checks, rows_in, rows_out,
            rows_rejected, bytes_out, snapshots, full_refresh, coalesce(taken_over_from, attempt), started_at, finished_at
            FROM afp.step WHERE run_id = :run AND attempt = :from AND phase = :phase
             AND table_namespace = :namespace AND table_name = :name
          ON CONFLICT (run_id, attempt, phase, table_namespace, table_name) DO UPDATE
            SET state = excluded.state, fingerprint = excluded.fingerprint, checks = excluded.checks, rows_in = excluded.rows_in,
              rows_out = excluded.rows_out, rows_rejected = excluded.rows_rejected, bytes_out = excluded.bytes_out,
              snapshots = excluded.snapshots, full_refresh = excluded.full_refresh,
              taken_over_from = excluded.taken_over_from, started_at = excluded.started_at, finished_at = excluded.finished_at
          """,
          """
          INSERT INTO afp.step_table (run_id, attempt, step, table_namespace, table_name, access)
          SELECT run_id, :attempt, step, table_namespace, table_name, access
            FROM afp.step_table WHERE run_id = :run AND attempt = :from AND step = :step
          """,
          """
          INSERT INTO afp.step_unit (run_id, attempt, table_namespace, table_name, unit, interval_start, interval_end,
            definition_hash, inputs, keeps_files)
          SELECT run_id, :attempt, table_namespace, table_name, unit, interval_start, interval_end, definition_hash, inputs,
            keeps_files
            FROM afp.step_unit WHERE run_id = :run AND attempt = :from
             AND table_namespace = :namespace AND table_name = :name
          """,
          """
          INSERT INTO afp.step_watermark (run_id, attempt, table_namespace, table_name, source, value, definition_hash)
          SELECT run_id, :attempt, table_namespace, table_name, source, value, definition_hash
            FROM afp.step_watermark WHERE run_id = :run AND attempt = :from
             AND table_namespace = :namespace AND table_name = :name
          """,
          """
          INSERT INTO afp.step_file (run_id, attempt, table_namespace, table_name, unit, path, checksum, size, modified_at,
            checked_at)
          SELECT run_id, :attempt, table_namespace, table_name, unit, path, checksum, size, modified_at, checked_at
            FROM afp.step_file WHERE run_id = :run AND attempt = :from
             AND table_namespace = :namespace AND table_name = :name
          """,
          """
          INSERT INTO afp.reject_summary (run_id, attempt, table_namespace, table_name, column_name, reason, rows,
            sample_value, sample_file)
          SELECT run_id, :attempt, table_namespace, table_name, column_name, reason, rows, sample_value, sample_file
            FROM afp.reject_summary WHERE run_id = :run AND attempt = :from
             AND table_namespace = :namespace AND table_name = :name
          """,
          SchemaVersions.TAKE_OVER);
}
