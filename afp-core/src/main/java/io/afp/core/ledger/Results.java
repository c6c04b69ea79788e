package io.afp.core.ledger;

import io.afp.core.definition.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Metrics and verdicts. */
public final class Results {

  private final Database database;

  public Results(Database database) {
    this.database = database;
  }

  /** Records the metrics of a snapshot; recording them again changes nothing. */
  public void record(TableName table, long snapshot, Collection<Metric> metrics, String origin) {
    database.useTransaction(
        handle -> {
          for (Metric metric : metrics) {
            handle
                .createUpdate(
                    """
                    INSERT INTO afp.metric (table_namespace, table_name, snapshot_id, metric, matches, judged, newest, origin)
                    VALUES (:namespace, :name, :snapshot, :metric, :matches, :judged, :newest, :origin)
                    ON CONFLICT DO NOTHING
                    """)
                .bind("namespace", table.namespace())
                .bind("name", table.name())
                .bind("snapshot", snapshot)
                .bind("metric", metric.name())
                .bind("matches", metric.matches())
                .bind("judged", metric.judged())
                .bind("newest", metric.newest())
                .bind("origin", origin)
                .execute();
          }
        });
  }

  /** The metrics of several snapshots together, by name. */
  public Map<String, Metric> metrics(TableName table, List<Long> snapshots) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT metric, sum(matches), sum(judged), max(newest) FROM afp.metric
                     WHERE table_namespace = :namespace AND table_name = :name AND snapshot_id = ANY(:snapshots)
                     GROUP BY metric
                    """)
                .bind("namespace", table.namespace())
                .bind("name", table.name())
                .bind("snapshots", snapshots.toArray(Long[]::new))
                .map((rs, context) -> metric(rs))
                .stream()
                .collect(Collectors.toMap(Metric::name, m -> m)));
  }

  private static Metric metric(ResultSet rs) throws SQLException {
    Optional<Instant> newest =
        Optional.ofNullable(rs.getObject(4, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    return new Metric(rs.getString(1), rs.getLong(2), rs.getLong(3), newest);
  }

  /** Records the verdicts on a table, in place of earlier ones of the same attempt. */
  public void record(AttemptRecord attempt, TableName table, List<Verdict> verdicts) {
    database.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  """
                  DELETE FROM afp.check_result WHERE run_id = :run AND attempt = :attempt
                     AND table_namespace = :namespace AND table_name = :name
                  """)
              .bind("run", attempt.runId())
              .bind("attempt", attempt.number())
              .bind("namespace", table.namespace())
              .bind("name", table.name())
              .execute();
          for (Verdict verdict : verdicts) {
            handle
                .createUpdate(
                    """
                    INSERT INTO afp.check_result (run_id, attempt, table_namespace, table_name, check_name, column_name, rule,
                      severity, status, rows_judged, rows_failed, required_share, origin, message, samples)
                    VALUES (:run, :attempt, :namespace, :name, :check, :column, :rule, :severity, :status, :judged, :failed,
                      :share, :origin, :message, CAST(:samples AS json))
                    """)
                .bind("run", attempt.runId())
                .bind("attempt", attempt.number())
                .bind("namespace", table.namespace())
                .bind("name", table.name())
                .bind("check", verdict.check().name())
                .bind("column", verdict.check().column())
                .bind("rule", verdict.check().rule().keyword())
                .bind("severity", lower(verdict.check().severity()))
                .bind("status", lower(verdict.status()))
                .bind("judged", verdict.rowsJudged())
                .bind("failed", verdict.rowsFailed())
                .bind("share", verdict.check().atLeast())
                .bind("origin", verdict.origin())
                .bind("message", verdict.message())
                .bind("samples", SampleJson.write(verdict.samples()))
                .execute();
          }
        });
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
