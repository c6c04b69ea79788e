package io.afp.core.ledger;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What ran, for people. */
public final class RunHistory {

  private static final String RUN =
      """
      SELECT run_id, pipeline, interval, state, attempts, created_at, extract(epoch FROM duration) AS seconds, release_id,
             error_code, error_message
        FROM afp.v_run
      """;

  private final Database database;

  public RunHistory(Database database) {
    this.database = database;
  }

  /**
   * A run.
   *
   * @param interval what was asked for, as text
   * @param state that of a {@link RunRecord}, or {@code killed} when nobody works on it and it did
   *     not end
   * @param duration of all its attempts together; to now for one that is at work, to its last sign
   *     of life for one that was killed
   */
  public record Entry(
      UUID id,
      String pipeline,
      String interval,
      String state,
      int attempts,
      Instant started,
      Duration duration,
      Optional<Long> release,
      Optional<Failure> failure) {}

  /** Why a run failed. */
  public record Failure(String code, String message) {}

  /**
   * One try of a run.
   *
   * @param branchState what became of its branch; empty when it had none yet
   */
  public record Attempt(int number, Instant started, String branch, Optional<String> branchState) {}

  /** The newest runs, of one pipeline or of all, newest first. */
  public List<Entry> newest(Optional<String> pipeline, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    RUN
                        + """
                         WHERE :pipeline::text IS NULL OR pipeline = :pipeline
                         ORDER BY created_at DESC, run_id LIMIT :limit
                        """)
                .bind("pipeline", pipeline)
                .bind("limit", limit)
                .map((rs, context) -> entry(rs))
                .list());
  }

  /** The names of all pipelines that ran or own a table. */
  public List<String> pipelines() {
    return names("SELECT pipeline FROM afp.run UNION SELECT pipeline FROM afp.owned_table");
  }

  /** The names of all tables that a run has worked on or a pipeline owns. */
  public List<String> tables() {
    return names(
        """
        SELECT table_namespace || '.' || table_name FROM afp.step
        UNION SELECT table_namespace || '.' || table_name FROM afp.owned_table
        """);
  }

  private List<String> names(String sql) {
    return database.inTransaction(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  /** The newest run of each pipeline, by the name of the pipeline. */
  public List<Entry> newestOfEach() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    RUN
                        + """
                         WHERE run_id IN (SELECT DISTINCT ON (pipeline) id FROM afp.run ORDER BY pipeline, created_at DESC)
                         ORDER BY pipeline
                        """)
                .map((rs, context) -> entry(rs))
                .list());
  }

  /**
   * The run whose id starts with this text.
   *
   * @throws AfpException if there is none, or more than one
   */
  public Entry find(String prefix) {
    List<Entry> found =
        database.inTransaction(
            handle ->
                handle
                    .createQuery(RUN + " WHERE starts_with(run_id::text, lower(:prefix)) LIMIT 5")
                    .bind("prefix", prefix)
                    .map((rs, context) -> entry(rs))
                    .list());
    if (found.size() == 1 && !prefix.isEmpty()) {
      return found.get(0);
    }
    throw found.isEmpty() || prefix.isEmpty() ? unknown(prefix) : ambiguous(prefix, found);
  }

  private static AfpException unknown(String prefix) {
    return new AfpException(
        ErrorCode.UNKNOWN_RUN,
        "Cannot find the run: the ledger has none whose id starts so (run=%s)".formatted(prefix),
        "Take an id of `afp runs`.");
  }

  private static AfpException ambiguous(String prefix, List<Entry> found) {
    String ids = found.stream().map(e -> e.id().toString()).collect(Collectors.joining(", "));
    return new AfpException(
        ErrorCode.UNKNOWN_RUN,
        "Cannot find the run: several ids start so (run=%s, such as=%s)".formatted(prefix, ids),
        "Give more of the id.");
  }

  /** The attempts of a run, in their order. */
  public List<Attempt> attempts(UUID run) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT a.number, a.started_at, a.branch, b.state
                      FROM afp.attempt a LEFT JOIN afp.branch b ON b.name = a.branch
                     WHERE a.run_id = :run ORDER BY a.number
                    """)
                .bind("run", run)
                .map(
                    (rs, context) ->
                        new Attempt(
                            rs.getInt("number"),
                            instant(rs, "started_at"),
                            rs.getString("branch"),
                            Optional.ofNullable(rs.getString("state"))))
                .list());
  }

  private static Entry entry(ResultSet rs) throws SQLException {
    String message = rs.getString("error_message");
    return new Entry(
        rs.getObject("run_id", UUID.class),
        rs.getString("pipeline"),
        rs.getString("interval"),
        rs.getString("state"),
        rs.getInt("attempts"),
        instant(rs, "created_at"),
        Duration.ofMillis(rs.getBigDecimal("seconds").movePointRight(3).longValue()),
        Optional.ofNullable(rs.getObject("release_id", Long.class)),
        Optional.ofNullable(rs.getString("error_code")).map(code -> new Failure(code, message)));
  }

  private static Instant instant(ResultSet rs, String column) throws SQLException {
    return rs.getObject(column, OffsetDateTime.class).toInstant();
  }
}
