package io.afp.core.ledger;

import io.afp.core.definition.TableName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How long the steps of a pipeline took. */
public final class StepTimes {

  private final Database database;

  public StepTimes(Database database) {
    this.database = database;
  }

  /** The time for one unit of each table, as the last ten steps that filled it took. */
  public Map<TableName, Duration> perUnit(String pipeline) {
    Map<TableName, Duration> times = new HashMap<>();
    database.useTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT table_namespace, table_name, sum(seconds) / sum(units) FROM (
                      SELECT s.table_namespace, s.table_name, extract(epoch FROM s.finished_at - s.started_at) AS seconds,
                             (SELECT count(*) FROM afp.step_unit u
                               WHERE (u.run_id, u.attempt, u.table_namespace, u.table_name)
                                   = (s.run_id, s.attempt, s.table_namespace, s.table_name)) AS units,
                             row_number() OVER (PARTITION BY s.table_namespace, s.table_name ORDER BY s.started_at DESC) AS age
                        FROM afp.step s JOIN afp.run r ON r.id = s.run_id
                       WHERE r.pipeline = :pipeline AND s.state = 'finished' AND s.phase IN ('ingest', 'transform')
                         AND s.taken_over_from IS NULL) newest
                     WHERE age <= 10 AND units > 0 GROUP BY table_namespace, table_name
                    """)
                .bind("pipeline", pipeline)
                .map(
                    (rs, context) ->
                        times.put(
                            new TableName(rs.getString(1), rs.getString(2)),
                            Duration.ofMillis(Math.round(1000 * rs.getDouble(3)))))
                .list());
    return times;
  }
}
