package io.afp.core.lake;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/**
 * Rows that were computed once, and what was measured in that pass.
 *
 * <p>A cache would not do: Spark computes it again when one of the tables below it is written, and
 * a MERGE reads its source twice. The measures are exact: they are taken in the last stage, whose
 * tasks Spark counts once each.
 */
record Pinned(Dataset<Row> rows, Row measured) {

  /**
   * Computes the rows.
   *
   * @param measures aggregates of the rows, at least one; in this order in {@link #measured()}
   */
  static Pinned of(Dataset<Row> rows, List<Column> measures) {
    Observation observation = new Observation();
    Dataset<Row> pinned = of(Observations.observe(rows, observation, measures));
    Row observed = Observations.row(observation, measures.size());
    return new Pinned(pinned, observed == null ? Observations.measure(pinned, measures) : observed);
  }

  /** Computes rows of which nothing has to be known. */
  static Dataset<Row> of(Dataset<Row> rows) {
    return rows.localCheckpoint();
  }
}
