package io.afp.core.lake;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.CommandExecutionMode;

/**
 * Brings changes into a table, in one commit: an append when there is nothing to update or delete,
 * else a MERGE that is limited to the keys of the changes.
 *
 * @param properties recorded in the summary of the snapshot
 */
record Merge(SparkSession session, Map<String, String> properties) {

  private static final String TOTAL_ROWS = "total-records";

  /**
   * Commits the changes, also when there are none.
   *
   * @throws AfpException INTERNAL if the commit has another number of rows than it should: Spark
   *     and Iceberg have had faults that lose or double rows of a MERGE
   */
  Snapshot apply(TableName name, Table table, Changes changes) {
    Optional<Long> before = rows(Optional.ofNullable(table.currentSnapshot()));
    LakeErrors.run(
        name,
        () -> {
          if (changes.onlyInserts()) {
            append(new WriteTasks(session, name, table), changes.written());
          } else {
            merge(new WriteTasks(session, name, table), changes);
          }
        });
    table.refresh();
    Snapshot after = table.currentSnapshot();
    before.ifPresent(b -> requireRows(name, b + changes.growth(), after));
    return after;
  }

  /** Takes rows out, in one commit. */
  void delete(TableName name, Column condition) {
    String sql = "DELETE FROM %s WHERE %s".formatted(name, condition.expr().sql());
    LakeErrors.run(
        name,
        () ->
            CommitMetadata.withCommitProperties(
                properties, () -> session.sql(sql), RuntimeException.class));
  }

  private void append(WriteTasks tasks, Dataset<Row> rows) throws AnalysisException {
    tasks.writer(tasks.of(rows), properties).append();
  }

  private void merge(WriteTasks tasks, Changes changes) throws AnalysisException {
    String view = "afp_changes_" + UUID.randomUUID().toString().replace("-", "");
    source(changes).createOrReplaceTempView(view);
    try {
      LogicalPlan merge = tasks.of(analyzed(sql(tasks.name(), view, changes)));
      CommitMetadata.withCommitProperties(
          properties, () -> Dataset.ofRows(session, merge), RuntimeException.class);
    } finally {
      session.catalog().dropTempView(view);
    }
  }

  /** Few changes are looked up, so that the rows of the table need not be sorted. */
  private static Dataset<Row> source(Changes changes) {
    return changes.bounds().areFew() ? changes.all().hint("SHUFFLE_HASH") : changes.all();
  }

  private LogicalPlan analyzed(String sql) throws AnalysisException {
    LogicalPlan parsed = session.sessionState().sqlParser().parsePlan(sql);
    return session.sessionState().executePlan(parsed, CommandExecutionMode.SKIP()).analyzed();
  }

  private static String sql(TableName name, String view, Changes changes) {
    KeyBounds bounds = changes.bounds();
    String on =
        Stream.concat(
                Arrays.stream(bounds.keys().columns()).map("t.`%1$s` = s.`%1$s`"::formatted),
                Stream.of(bounds.sql("t.")))
            .collect(Collectors.joining(" AND "));
    String set = columns(changes, "t.`%1$s` = s.`%1$s`");
    return """
    MERGE INTO %s t USING %s s ON %s
    WHEN MATCHED AND s.%s = '%s' THEN DELETE
    WHEN MATCHED THEN UPDATE SET %s
    WHEN NOT MATCHED AND s.%s = '%s' THEN INSERT (%s) VALUES (%s)
    """
        .formatted(
            name,
            view,
            on,
            Changes.ACTION,
            Changes.DELETE,
            set,
            Changes.ACTION,
            Changes.INSERT,
            columns(changes, "`%s`"),
            columns(changes, "s.`%s`"));
  }

  private static String columns(Changes changes, String form) {
    return Arrays.stream(changes.written().columns())
        .map(form::formatted)
        .collect(Collectors.joining(", "));
  }

  private static void requireRows(TableName name, long expected, Snapshot after) {
    rows(Optional.of(after))
        .filter(found -> found != expected)
        .ifPresent(
            found -> {
              throw new AfpException(
                  ErrorCode.INTERNAL,
                  "Cannot trust the write of %s: it has another number of rows than it should (expected=%d, found=%d)"
                      .formatted(name, expected, found),
                  "Nothing was published. Report it with the log of the run.");
            });
  }

  /** The rows of a table with that snapshot; none is known of one that was written elsewhere. */
  private static Optional<Long> rows(Optional<Snapshot> snapshot) {
    return snapshot.isEmpty()
        ? Optional.of(0L)
        : snapshot.map(s -> s.summary().get(TOTAL_ROWS)).map(Long::valueOf);
  }
}
