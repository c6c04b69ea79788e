package io.afp.core.lake;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/** Counts rows on their way through a query. */
final class Counter {

  private final Observation observation = new Observation();

  /** What was counted: all rows, and those for which the condition held. */
  record Counts(long all, long matching) {}

  Dataset<Row> through(Dataset<Row> rows, Column condition) {
    return rows.observe(
        observation,
        count(lit(1)).as("m0"),
        sum(when(condition, lit(1L)).otherwise(lit(0L))).as("m1"));
  }

  /** How many rows there were, after the action on them has ended well, if Spark says so. */
  OptionalLong all() {
    Counts counts = counts();
    return counts == null ? OptionalLong.empty() : OptionalLong.of(counts.all());
  }

  /**
   * The counts, after the action on the rows has ended well.
   *
   * @return null when Spark did not deliver them
   */
  Counts counts() {
    Row row = Observations.row(observation, 2);
    return row == null ? null : new Counts(row.getLong(0), row.isNullAt(1) ? 0 : row.getLong(1));
  }
}
