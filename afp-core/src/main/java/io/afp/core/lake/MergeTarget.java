package io.afp.core.lake;

import io.afp.core.definition.TableDef;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table whose rows are merged by key.
 *
 * @param ensured the table as it is before the merge
 * @param properties recorded in the summary of each snapshot
 */
record MergeTarget(
    SparkSession session,
    TableDef definition,
    LakeTables.Ensured ensured,
    Map<String, String> properties) {

  /** Whether there is nothing to merge with. */
  boolean isEmpty() {
    return ensured.table().currentSnapshot() == null;
  }

  /**
   * The keys whose history is built anew: those that changed; where columns were dropped all of
   * them, because versions that differed only there are one now.
   *
   * @param rows have all keys there are
   */
  Dataset<Row> orAllKeys(Dataset<Row> changed, Dataset<Row> rows) {
    return ensured.narrowed()
        ? rows.select(MergeInput.columns(definition.key())).unionByName(changed).distinct()
        : changed;
  }

  /** Its rows. */
  Dataset<Row> rows() {
    return session.table(definition.name().toString());
  }

  Observed observed() {
    return new Observed(session, definition, properties);
  }

  /** What the table and the one beside it say of the last merge. */
  MergeTrail trail() {
    return new MergeTrail(
        definition, ensured.table(), new LakeTables(session).find(definition.name().observed()));
  }

  /** Commits changes of the table, when what belongs to them beside it is written. */
  Snapshot apply(Changes changes) {
    Map<String, String> summary = new HashMap<>(properties);
    summary.put(MergeTrail.BESIDE, trail().beside());
    return new Merge(session, summary).apply(definition.name(), ensured.table(), changes);
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
