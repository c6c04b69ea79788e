package io.afp.pipeline;

import io.afp.pipeline.DatabaseRows.Column;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What of a database is not compared, because it differs between any two runs that do the same.
 * Nothing else is left out. Ids of runs are not left out: the first run is called {@code run 1}.
 * The reasons are in {@code docs/decisions/0009-compared-states.md}.
 */
final class NotCompared {

  /** Of these columns is compared only whether they have a value, of lists how many. */
  static final Set<String> VALUES =
      Set.of(
          // when
          "acknowledged_at",
          "applied_at",
          "backend_start",
          "checked_at",
          "created_at",
          "ended_at",
          "expired_at",
          "expires_at",
          "finished_at",
          "found_at",
          "loaded_at",
          "modified_at",
          "published_at",
          "started_at",
          "local_time",
          // which try of a run, and its branch
          "attempt",
          "attempt.number",
          "branch",
          "branch.name",
          // numbers and ids that are used once
          "backfill.id",
          "check_point.id",
          "lease.backend_pid",
          "lease.token",
          // files, snapshots, and the tables that hold one load of what is served
          "data_table",
          "data_table.name",
          "metadata_location",
          "new_location",
          "old_location",
          "previous_location",
          "previous_metadata_location",
          "snapshot_id",
          "snapshots");

  /** AFP's own tables, by their schemas; what users have is compared as a whole. */
  private static final Map<String, String> TABLES =
      Map.of("afp", ".*", "public", "iceberg_.*", "afp_serving", "load|part|data_table");

  /** Whether a step was done in this try or in one before it. */
  static final Set<String> COLUMNS = Set.of("step.taken_over_from");

  private static final String PUBLISHED =
      """
      (SELECT a.run_id, a.number FROM afp.attempt a JOIN afp.branch b ON b.name = a.branch
        WHERE b.state = 'published')
      """;

  /** What is left of tries that were not published: the rows that this does not hold for. */
  private static final Map<String, String> ROWS =
      Map.of(
          "attempt", "(run_id, number) IN " + PUBLISHED,
          "branch", "state <> 'discarded'",
          "metric",
              "snapshot_id IN (SELECT unnest(snapshots) FROM afp.step WHERE (run_id, attempt) IN "
                  + PUBLISHED
                  + ")");

  /** Of rows that were kept out when they were judged; which run did it is not compared either. */
  private static final Set<String> MOMENTS = Set.of("rejected_at", "quarantined_at");

  private NotCompared() {}

  /** Rows of the lake, of which it is compared only whether such a column has a value. */
  static Dataset<Row> hidden(Dataset<Row> rows) {
    Set<String> columns = Set.of(rows.columns());
    Dataset<Row> hidden = rows;
    for (String moment : MOMENTS) {
      if (columns.contains(moment)) {
        hidden = withoutValue(withoutValue(hidden, moment), "run_id");
      }
    }
    return hidden;
  }

  private static Dataset<Row> withoutValue(Dataset<Row> rows, String column) {
    return rows.withColumn(column, rows.col(column).isNotNull());
  }

  /** The query for what is compared of a table. */
  static String query(String schema, String table, List<Column> columns) {
    if (!table.matches(TABLES.getOrDefault(schema, ""))) {
      return "SELECT * FROM \"%s\".\"%s\"".formatted(schema, table);
    }
    String compared =
        columns.stream()
            .filter(column -> !COLUMNS.contains(table + "." + column.name()))
            .map(NotCompared::compared)
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM \"%s\".\"%s\" WHERE %s"
        .formatted(compared, schema, table, condition(table, columns));
  }

  private static String compared(Column column) {
    boolean excepted =
        VALUES.contains(column.name()) || VALUES.contains(column.table() + "." + column.name());
    String value = "\"%s\"::text";
    if (excepted) {
      value = column.type().endsWith("[]") ? "cardinality(\"%s\")" : "\"%s\" IS NOT NULL";
    }
    return (value + " AS \"%1$s\"").formatted(column.name());
  }

  private static String condition(String table, List<Column> columns) {
    Set<String> names = columns.stream().map(Column::name).collect(Collectors.toSet());
    return names.containsAll(Set.of("run_id", "attempt"))
        ? "(run_id, attempt) IN " + PUBLISHED
        : ROWS.getOrDefault(table, "true");
  }

  /** A table that holds one load of what is served has a name of its own. */
  static String name(String table) {
    return table.replaceFirst("_r\\d+_[0-9a-f]{8}$", " of a load");
  }
}
