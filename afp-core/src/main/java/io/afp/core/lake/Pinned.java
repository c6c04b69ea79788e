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
    Column[] named = Observations.named(measures);
    Column[] rest = Observations.rest(named);
    Observation observation = new Observation();
    Dataset<Row> pinned = of(rows.observe(observation, named[0], rest));
    Row observed = Observations.row(observation, named.length);
    return new Pinned(pinned, observed == null ? pinned.agg(named[0], rest).head() : observed);
  }

  /** Computes rows of which nothing has to be known. */
  static Dataset<Row> of(Dataset<Row> rows) {
    return rows.localCheckpoint();
  }
}
