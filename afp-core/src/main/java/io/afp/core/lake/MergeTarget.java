package io.afp.core.lake;

import io.afp.core.definition.TableDef;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table whose rows are merged by key.
 *
 * @param table as it is before the merge
 * @param properties recorded in the summary of each snapshot
 */
record MergeTarget(
    SparkSession session, TableDef definition, Table table, Map<String, String> properties) {

  /** Whether there is nothing to merge with. */
  boolean isEmpty() {
    return table.currentSnapshot() == null;
  }

  /** Its rows. */
  Dataset<Row> rows() {
    return session.table(definition.name().toString());
  }

  Observed observed() {
    return new Observed(session, definition, properties);
  }

  /** What changes the table. */
  Merging merging(MergeInput input) {
    return switch (definition.write().mode()) {
      case UPSERT -> new UpsertMerge(this, input);
      case SCD2 -> new Scd2Merge(this, input);
      case SNAPSHOT -> new SnapshotMerge(this, input);
      default -> throw new IllegalArgumentException("No mode that merges: " + definition.write());
    };
  }
}
