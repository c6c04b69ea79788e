package io.afp.core.lake;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.WriteDef;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
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
   * added.
   */
  public Dataset<Row> of(List<Optional<Interval>> ranges, List<Long> snapshots) {
    boolean bySnapshot = table.write().mode() == WriteDef.WriteMode.APPEND && !table.hasInterval();
    return bySnapshot
        ? snapshots.stream().map(this::added).reduce(Dataset::unionByName).orElseThrow()
        : ranges.stream()
            .map(range -> TableWriter.rows(session, table, range))
            .reduce(Dataset::unionByName)
            .orElseThrow();
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
