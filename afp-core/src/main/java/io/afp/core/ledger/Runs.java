package io.afp.core.ledger;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableName;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Runs and their attempts. */
public final class Runs {

  private final Database database;

  public Runs(Database database) {
    this.database = database;
  }

  /** The id of the run with this key: the same for every job of the run, without asking anybody. */
  public static UUID idOf(String pipeline, String runKey) {
    return UUID.nameUUIDFromBytes((pipeline + "\n" + runKey).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What is asked of a run, as text: a run that did not end is taken up by one that asks for the
   * same.
   *
   * @param selection the tables, when not all are wanted
   */
  public static String request(Optional<Interval> interval, Optional<String> selection) {
    String time = interval.map(Interval::label).orElse("all");
    return selection.map(tables -> time + " of " + tables).orElse(time);
  }

  /** The same, when tables are built anew. */
  public static String fullRefresh(String request) {
    return request + ", full refresh";
  }

  /**
   * The same, when rows that are kept beside a table are judged again.
   *
   * @param rows which ones, such as {@code rejects}
   */
  public static String replay(String rows, TableName table, Optional<Interval> interval) {
    String all = rows + " of " + table;
    return interval.map(time -> time.label() + ", " + all).orElse(all);
  }

  /** The run with this id. */
  public Optional<RunRecord> find(UUID id) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("SELECT * FROM afp.run WHERE id = :id")
                .bind("id", id)
                .map((rs, context) -> run(rs))
                .findOne());
  }

  /** The run with this id, {@code killed} when it did not end and nobody works on it. */
  Optional<RunRecord> seen(UUID id) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT r.id, r.pipeline, r.run_key, r.request, r.interval_start, r.interval_end, r.restate, r.release_id, v.state
                      FROM afp.run r JOIN afp.v_run v ON v.run_id = r.id WHERE r.id = :id
                    """)
                .bind("id", id)
                .map((rs, context) -> run(rs))
                .findOne());
  }

  /**
   * The newest run without a key that asked for the same and did not succeed; it is taken up again
   * by a new attempt, so that what it has finished is not done twice.
   */
  public Optional<RunRecord> unfinished(String pipeline, String request, boolean restate) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM afp.run
                     WHERE pipeline = :pipeline AND request = :request AND restate = :restate AND run_key IS NULL
                     ORDER BY created_at DESC LIMIT 1
                    """)
                .bind("pipeline", pipeline)
                .bind("request", request)
                .bind("restate", restate)
                .map((rs, context) -> run(rs))
                .findOne()
                .filter(run -> !run.state().equals("succeeded")));
  }

  private static RunRecord run(ResultSet rs) throws SQLException {
    return new RunRecord(
        rs.getObject("id", UUID.class),
        rs.getString("pipeline"),
        Optional.ofNullable(rs.getString("run_key")),
        rs.getString("request"),
        Optional.ofNullable(rs.getObject("interval_start", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(rs.getObject("interval_end", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        rs.getBoolean("restate"),
        rs.getString("state"),
        Optional.ofNullable(rs.getObject("release_id", Long.class)));
  }

  /** Records that a driver works on the run; a run that has published stays published. */
  public void start(RunRecord run) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO afp.run (id, pipeline, run_key, request, interval_start, interval_end, restate, state)
                    VALUES (:id, :pipeline, :runKey, :request, :start, :end, :restate, 'running')
                    ON CONFLICT (id) DO UPDATE SET error_code = NULL, error_message = NULL, ended_at = NULL,
                      state = CASE WHEN run.state IN ('published', 'succeeded') THEN run.state ELSE 'running' END
                    """)
                .bind("id", run.id())
                .bind("pipeline", run.pipeline())
                .bind("runKey", run.runKey())
                .bind("request", run.request())
                .bind("start", run.start())
                .bind("end", run.end())
                .bind("restate", run.restate())
                .execute());
  }

  /** Records that the run has done everything. */
  public void succeed(UUID id) {
    end(id, "succeeded", Optional.empty(), Optional.empty());
  }

  /**
   * Records why the run failed; a run that has published stays published, for serving is done again
   * by the next run.
   */
  public void fail(UUID id, String code, String message) {
    end(id, "failed", Optional.of(code), Optional.of(message));
  }

  private void end(UUID id, String state, Optional<String> code, Optional<String> message) {
    database.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  """
                  UPDATE afp.run SET ended_at = now(), error_code = :code, error_message = :message,
                    state = CASE WHEN state IN ('published', 'succeeded') AND :state = 'failed' THEN state ELSE :state END
                   WHERE id = :id
                  """)
              .bind("id", id)
              .bind("state", state)
              .bind("code", code)
              .bind("message", message)
              .execute();
          handle
              .createUpdate(
                  """
                  UPDATE afp.attempt SET ended_at = now() WHERE run_id = :id AND ended_at IS NULL
                    AND number = (SELECT max(number) FROM afp.attempt WHERE run_id = :id)
                  """)
              .bind("id", id)
              .execute();
        });
  }

  /** The attempts of a run, newest first. */
  public List<AttemptRecord> attempts(UUID run) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT number, branch, started_at FROM afp.attempt WHERE run_id = :run ORDER BY"
                        + " number DESC")
                .bind("run", run)
                .map((rs, context) -> attempt(run, rs))
                .list());
  }

  /** Starts the next attempt of a run. Its branch does not exist yet. */
  public AttemptRecord newAttempt(UUID run) {
    int number = attempts(run).stream().mapToInt(AttemptRecord::number).max().orElse(0) + 1;
    String branch = "run_%s_%d".formatted(run.toString().replace("-", ""), number);
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "INSERT INTO afp.attempt (run_id, number, branch) VALUES (:run, :number,"
                        + " :branch) RETURNING number, branch, started_at")
                .bind("run", run)
                .bind("number", number)
                .bind("branch", branch)
                .map((rs, context) -> attempt(run, rs))
                .one());
  }

  private static AttemptRecord attempt(UUID run, ResultSet rs) throws SQLException {
    return new AttemptRecord(run, rs.getInt(1), rs.getString(2), rs.getTimestamp(3).toInstant());
  }

  /** Branches of attempts of this pipeline that were neither published nor discarded. */
  public List<String> leftBranches(String pipeline) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT b.name FROM afp.branch b JOIN afp.attempt a ON a.branch = b.name JOIN afp.run r ON r.id = a.run_id
                     WHERE r.pipeline = :pipeline AND b.state IN ('open', 'fenced') ORDER BY b.created_at
                    """)
                .bind("pipeline", pipeline)
                .mapTo(String.class)
                .list());
  }

  /** The part of a publish that ends the attempt; called in its transaction. */
  public static void published(Handle transaction, AttemptRecord attempt, long release) {
    published(transaction, attempt, release, "published");
  }

  /** The same where something is left to do: the run goes on with another attempt. */
  public static void publishedInPart(Handle transaction, AttemptRecord attempt, long release) {
    published(transaction, attempt, release, "running");
  }

  private static void published(
      Handle transaction, AttemptRecord attempt, long release, String state) {
    transaction
        .createUpdate("UPDATE afp.run SET state = :state, release_id = :release WHERE id = :run")
        .bind("state", state)
        .bind("release", release)
        .bind("run", attempt.runId())
        .execute();
    transaction
        .createUpdate(
            "UPDATE afp.attempt SET ended_at = now() WHERE run_id = :run AND number = :number")
        .bind("run", attempt.runId())
        .bind("number", attempt.number())
        .execute();
  }
}
