package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.upper;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.WriteDef;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Finds the rows that a step has written to a table. */
public final class WrittenRows {

  private final SparkSession session;
  private final TableDef table;

  public WrittenRows(SparkSession session, TableDef table) {
    this.session = session;
    this.table = table;
  }

  /**
   * The rows of these ranges; for an {@code append} without intervals, those that the snapshots
   * added; for a mode that merges rows, those that they inserted or updated.
   */
  public Dataset<Row> of(List<Optional<Interval>> ranges, List<Long> snapshots) {
    if (table.write().mode().merges()) {
      return snapshots.stream().map(this::merged).reduce(Dataset::unionByName).orElseThrow();
    }
    boolean appends = table.write().mode() == WriteDef.WriteMode.APPEND && !table.hasInterval();
    return appends
        ? snapshots.stream().map(this::added).reduce(Dataset::unionByName).orElseThrow()
        : ranges.stream()
            .map(range -> TableWriter.rows(session, table, range))
            .reduce(Dataset::unionByName)
            .orElseThrow();
  }

  /** A MERGE writes whole files again, so the rows that are in both states are taken off. */
  private Dataset<Row> merged(long snapshot) {
    Snapshot end = new LakeTables(session).find(table.name()).orElseThrow().snapshot(snapshot);
    if (end.parentId() == null || end.operation().equals(DataOperations.APPEND)) {
      return added(snapshot);
    }
    Dataset<Row> changes =
        session
            .read()
            .option("start-snapshot-id", end.parentId())
            .option("end-snapshot-id", snapshot)
            .table(table.name() + ".changes");
    return ofKind(changes, "INSERT").exceptAll(ofKind(changes, "DELETE"));
  }

  /**
   * Iceberg takes a plain condition for one on the columns of the table, which has none of that
   * name (apache/iceberg#13092); this one is left to Spark.
   */
  private Dataset<Row> ofKind(Dataset<Row> changes, String kind) {
    Column[] columns = table.columns().stream().map(c -> col(c.name())).toArray(Column[]::new);
    return changes.filter(upper(col("_change_type")).equalTo(kind)).select(columns);
  }

  private Dataset<Row> added(long snapshot) {
    Table iceberg = new LakeTables(session).find(table.name()).orElseThrow();
    Snapshot end = iceberg.snapshot(snapshot);
    String name = table.name().toString();
    return end.parentId() == null
        ? session.read().option("snapshot-id", snapshot).table(name)
        : session
            .read()
            .option("start-snapshot-id", end.parentId())
            .option("end-snapshot-id", snapshot)
            .table(name);
  }
}
