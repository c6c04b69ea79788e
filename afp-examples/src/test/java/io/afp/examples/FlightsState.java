package io.afp.examples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a run of the pipeline flights leaves behind, to be compared with what another one left. */
final class FlightsState {

  static final List<String> TABLES =
      List.of(
          "raw.flights",
          "raw.airlines",
          "raw.airports",
          "raw.planes",
          "raw.weather",
          "core.flight",
          "core.plane",
          "mart.carrier_day",
          "mart.route_month",
          "mart.weather_delay");

  /** What Postgres has of January; the other project has February too. */
  private static final Map<String, String> LEDGER =
      Map.of(
          "tables",
              "SELECT table_namespace, table_name FROM iceberg_tables WHERE catalog_name = 'lake'",
          "served", "SELECT target FROM afp_serving.load",
          "served carriers", "SELECT * FROM mart.carrier_day WHERE flight_date < '2013-02-01'",
          "served routes", "SELECT * FROM mart.route_month WHERE month < '2013-02-01'",
          "served weather", "SELECT * FROM mart.weather_delay WHERE month < '2013-02-01'",
          "done",
              """
              SELECT table_namespace, table_name, unit, interval_start, interval_end, definition_hash, inputs::text
                FROM afp.done WHERE unit <> '2013-02'
              """,
          "loaded_file",
              """
              SELECT table_namespace, table_name, unit, path, checksum FROM afp.loaded_file WHERE unit <> '2013-02'
              """,
          "check_result",
              """
              SELECT c.table_namespace, c.table_name, check_name, rule, severity, status, rows_judged, rows_failed, origin,
                     message, samples::text
                FROM afp.check_result c JOIN afp.run r ON r.id = c.run_id WHERE r.release_id = 1
              """,
          "open branches", "SELECT name FROM afp.branch WHERE state IN ('open', 'fenced')",
          "leases", "SELECT pipeline FROM afp.lease");

  private FlightsState() {}

  /** All that can be asked for: equal exactly when EXCEPT ALL is empty both ways. */
  static Map<String, List<String>> of(ProjectCopy project) {
    return of(project, table -> table);
  }

  /** The state as the first release left it. */
  static Map<String, List<String>> ofJanuary(ProjectCopy project) {
    String snapshots =
        "SELECT max_by(snapshot_id, committed_at) FROM %s.snapshots WHERE summary['afp.run-id'] = '%s'";
    String run = runOf(project);
    SparkSession main = new Lake(project).main();
    return of(
        project,
        table ->
            "%s VERSION AS OF %d"
                .formatted(table, main.sql(snapshots.formatted(table, run)).first().getLong(0)));
  }

  private static Map<String, List<String>> of(ProjectCopy project, UnaryOperator<String> version) {
    Map<String, List<String>> state = new LinkedHashMap<>();
    SparkSession main = new Lake(project).main();
    for (String table : TABLES) {
      Dataset<Row> rows = main.sql("SELECT * FROM " + version.apply(table));
      state.put(table + " columns", List.of(rows.schema().toDDL()));
      state.put(table, rows.collectAsList().stream().map(Row::json).sorted().toList());
    }
    LEDGER.forEach(
        (name, sql) ->
            state.put(
                name, project.rows("SELECT row_to_json(r)::text AS r FROM (%s) r".formatted(sql))));
    return state;
  }

  /** The run of the first release. */
  static String runOf(ProjectCopy project) {
    return project
        .rows("SELECT id::text AS id FROM afp.run WHERE release_id = 1")
        .get(0)
        .replaceAll("[{}]|id=", "");
  }
}
