package io.afp.core.ledger;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.MetricRule.Association;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.measure.Figure;
import io.afp.core.measure.State;
import io.afp.core.measure.StateJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Metrics and verdicts. */
public final class Results {

  private final Database database;

  public Results(Database database) {
    this.database = database;
  }

  /** Records the metrics of a snapshot; recording them again changes nothing. */
  public void record(
      TableDef definition, long snapshot, Collection<Metric> metrics, String origin) {
    TableName table = definition.name();
    database.useTransaction(
        handle -> {
          PreparedBatch rows =
              handle.prepareBatch(
                  """
                  INSERT INTO afp.metric (table_namespace, table_name, snapshot_id, metric, unit, rule, value, judged, state, origin)
                  VALUES (:namespace, :name, :snapshot, :metric, :unit, :rule, :value, :judged, CAST(:state AS json), :origin)
                  ON CONFLICT DO NOTHING
                  """);
          for (Metric metric : metrics) {
            rows.bind("namespace", table.namespace())
                .bind("name", table.name())
                .bind("snapshot", snapshot)
                .bind("metric", metric.name())
                .bind("unit", metric.unit())
                .bind("rule", rule(definition, metric.name()))
                .bind("value", value(definition, metric))
                .bind("judged", metric.judged())
                .bind("state", StateJson.write(metric.state()))
                .bind("origin", origin)
                .add();
          }
          rows.execute();
        });
  }

  /**
   * The metrics of several snapshots together, by name; not those that were not measured in each of
   * them.
   */
  public Map<String, Metric> metrics(TableDef definition, Collection<Long> snapshots) {
    Map<String, Set<Long>> measured = new HashMap<>();
    Map<String, Metric> sums = new HashMap<>();
    for (OfSnapshot of : ofSnapshots(definition, snapshots)) {
      String name = of.metric().name();
      measured.computeIfAbsent(name, n -> new HashSet<>()).add(of.snapshot());
      sums.merge(name, of.metric(), Metric::plus);
    }
    sums.keySet().removeIf(name -> !measured.get(name).containsAll(snapshots));
    return sums;
  }

  /** What the metrics of snapshots measured, of rules as they are defined today. */
  public List<OfSnapshot> ofSnapshots(TableDef definition, Collection<Long> snapshots) {
    return database
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT snapshot_id, metric, unit, rule, state FROM afp.metric
                         WHERE table_namespace = :namespace AND table_name = :name AND snapshot_id = ANY(:snapshots)
                         ORDER BY metric, unit
                        """)
                    .bind("namespace", definition.name().namespace())
                    .bind("name", definition.name().name())
                    .bind("snapshots", snapshots.toArray(Long[]::new))
                    .map((rs, context) -> ofSnapshot(definition, rs))
                    .list())
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** A metric of a snapshot. */
  public record OfSnapshot(long snapshot, Metric metric) {}

  private static Optional<OfSnapshot> ofSnapshot(TableDef definition, ResultSet rs)
      throws SQLException {
    String name = rs.getString("metric");
    boolean same = rule(definition, name).equals(rs.getString("rule"));
    State state = StateJson.read(rs.getString("state"));
    Metric metric = new Metric(name, rs.getString("unit"), state);
    return same ? Optional.of(new OfSnapshot(rs.getLong("snapshot_id"), metric)) : Optional.empty();
  }

  /**
   * What a metric measures; a check of the same name that asks something else has another, and so
   * has one of whose columns one has become of another type.
   */
  private static String rule(TableDef definition, String metric) {
    return definition.allChecks().stream()
        .filter(check -> check.name().equals(metric))
        .map(check -> check.measured() + types(definition, check))
        .findFirst()
        .orElse("");
  }

  private static String types(TableDef definition, CheckDef check) {
    List<String> columns =
        check.rule() instanceof Association rule
            ? rule.columns()
            : check.column().stream().toList();
    return columns.stream()
        .flatMap(name -> definition.column(name).stream())
        .map(column -> " " + column.type().sql())
        .collect(Collectors.joining());
  }

  private static Double value(TableDef definition, Metric metric) {
    OptionalDouble value =
        definition.allChecks().stream()
            .filter(check -> check.name().equals(metric.name()))
            .findFirst()
            .map(check -> Figure.of(check.rule(), metric.state()).value())
            .orElseGet(() -> metric.state().value());
    return value.isPresent() ? value.getAsDouble() : null;
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
                      severity, status, rows_judged, rows_failed, required_share, origin, message, samples, description, owner, tags)
                    VALUES (:run, :attempt, :namespace, :name, :check, :column, :rule, :severity, :status, :judged, :failed,
                      :share, :origin, :message, CAST(:samples AS json), :description, :owner, :tags)
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
                .bind("description", verdict.check().about().description())
                .bind("owner", verdict.check().about().owner())
                .bind("tags", verdict.check().about().tags().toArray(String[]::new))
                .execute();
          }
        });
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
