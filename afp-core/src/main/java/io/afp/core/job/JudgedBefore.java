package io.afp.core.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.afp.core.lake.Contract.Conformed;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that are kept beside a table, as they are stored. One that stays for the same reasons when
 * it is judged once more is as old as it was, so that a replay does not lengthen how long it is
 * kept. Of equal rows the newest counts for all.
 *
 * @param stored rows of the table, of this AFP or an earlier one
 * @param moment the column that says when a row was judged
 */
record JudgedBefore(Dataset<Row> stored, String moment) {

  private static final String RUN = "run_id";
  private static final String ROW = "__row";
  private static final String AGE = "__age";
  private static final String BEFORE = "__before";

  /** Rows that were judged once more, with the run and the moment that they have from then on. */
  Dataset<Row> dated(Dataset<Row> again) {
    if (!List.of(stored.columns()).containsAll(List.of(RUN, moment))) {
      return again; // an earlier AFP did not say who judged
    }
    Dataset<Row> before = ages().groupBy(ROW).agg(max(AGE).as(BEFORE));
    return again
        .withColumn(ROW, row())
        .join(before, new String[] {ROW}, "left")
        .select(Stream.of(again.columns()).map(this::dated).toArray(Column[]::new));
  }

  /** They are read before: Spark holds stored reasons and those of now for one type otherwise. */
  private Dataset<Row> ages() {
    return stored.select(row(), struct(col(moment), col(RUN)).as(AGE)).localCheckpoint();
  }

  private static Column row() {
    Column reasons = to_json(col("reasons")).as("reasons");
    return struct(col(Conformed.INTERVAL_START), col("record"), col("file"), reasons).as(ROW);
  }

  private Column dated(String column) {
    boolean dates = column.equals(RUN) || column.equals(moment);
    return dates ? coalesce(col(BEFORE).getField(column), col(column)).as(column) : col(column);
  }
}
