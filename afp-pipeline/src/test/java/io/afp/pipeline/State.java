package io.afp.pipeline;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.TableName;
import io.afp.core.lake.LakeSession;
import io.afp.core.ledger.Database;
import io.afp.core.testing.TestSpark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Everything that a user can see of a project: the rows of every table of main, of the served
 * tables and of the ledger, each as a sorted list, so that two states are equal exactly when a
 * two-way EXCEPT ALL is empty.
 *
 * <p>Left out, because they differ between any two runs: ids of runs, times, and what names the
 * files and tries of a run (branch, attempt, snapshot, metadata location). Of the steps, verdicts
 * and metrics those of the published attempt count.
 */
final class State {

  private static final Map<String, String> LEDGER =
      Map.of(
          "run",
              "SELECT pipeline, run_key, request, interval_start, interval_end, restate, state, release_id, error_code, error_message FROM afp.run",
          "release", "SELECT id FROM afp.release",
          "release_table",
              "SELECT release_id, table_namespace, table_name, iceberg_type, old_location IS NULL AS is_new FROM afp.release_table",
          "owned_table", "SELECT * FROM afp.owned_table",
          "done",
              "SELECT table_namespace, table_name, unit, interval_start, interval_end, definition_hash, inputs::text, release_id FROM afp.done",
          "loaded_file", "SELECT * FROM afp.loaded_file",
          "step",
              """
              SELECT phase, table_namespace, table_name, s.state, fingerprint, rows_in, rows_out, rows_rejected
                FROM afp.step s JOIN afp.attempt a ON (a.run_id, a.number) = (s.run_id, s.attempt)
                JOIN afp.branch b ON b.name = a.branch WHERE b.state = 'published' AND phase <> 'serve'
              """,
          "check_result",
              """
              SELECT table_namespace, table_name, check_name, column_name, rule, severity, status, rows_judged, rows_failed,
                     required_share, origin, message, samples::text
                FROM afp.check_result c JOIN afp.attempt a ON (a.run_id, a.number) = (c.run_id, c.attempt)
                JOIN afp.branch b ON b.name = a.branch WHERE b.state = 'published'
              """,
          "metric",
              """
              SELECT m.table_namespace, m.table_name, metric, matches, judged, origin
                FROM afp.metric m JOIN afp.step s ON m.snapshot_id = ANY(s.snapshots)
                JOIN afp.attempt a ON (a.run_id, a.number) = (s.run_id, s.attempt)
                JOIN afp.branch b ON b.name = a.branch WHERE b.state = 'published'
              """,
          "reject_summary",
              """
              SELECT table_namespace, table_name, column_name, reason, rows, sample_value
                FROM afp.reject_summary r JOIN afp.attempt a ON (a.run_id, a.number) = (r.run_id, r.attempt)
                JOIN afp.branch b ON b.name = a.branch WHERE b.state = 'published'
              """);

  private static final Map<String, String> AT_REST =
      Map.of(
          "open branches", "SELECT name FROM afp.branch WHERE state IN ('open', 'fenced', 'read')",
          "rows of branches", "SELECT * FROM iceberg_tables WHERE catalog_name <> 'lake'",
          "bases of branches", "SELECT * FROM afp.branch_base",
          "leases", "SELECT * FROM afp.lease",
          "served", "SELECT * FROM mart.city_sales",
          "load",
              "SELECT target, table_namespace, table_name, release_id, serve_hash, rows, bytes FROM afp.serving_load");

  private State() {}

  /** The state of a project whose run has ended. */
  static Map<String, List<String>> of(Shop shop) {
    Map<String, List<String>> state = new LinkedHashMap<>(lake(shop));
    try (Database database = Database.open(shop.account(), "afp/test")) {
      LEDGER.forEach((name, sql) -> state.put("ledger " + name, rows(database, sql)));
      AT_REST.forEach((name, sql) -> state.put(name, rows(database, sql)));
    }
    return state;
  }

  /** The rows of every table of main. */
  static Map<String, List<String>> lake(Shop shop) {
    Map<String, List<String>> state = new LinkedHashMap<>();
    try (Database database = Database.open(shop.account(), "afp/test")) {
      SparkSession session =
          new LakeSession(shop.account(), shop.warehouse().toUri().toString(), "afp/test")
              .onMain(TestSpark.session());
      for (TableName table : new Branches(database).tables(Optional.empty())) {
        List<String> rows =
            session.table(table.toString()).collectAsList().stream()
                .map(Row::toString)
                .map(text -> text.replace(shop.root().toString(), ""))
                .sorted()
                .toList();
        state.put("lake " + table, rows);
      }
    }
    return state;
  }

  private static List<String> rows(Database database, String sql) {
    return database.inTransaction(
        handle -> handle.createQuery(sql).mapToMap().stream().map(Map::toString).sorted().toList());
  }
}
