package io.afp.quality;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;

/** Groups the rows of a table, in one task where they are few. */
final class Grouping {

  private Grouping() {}

  /**
   * The groups of rows with equal values. What is so small that Spark would broadcast it is read in
   * one task: then nothing has to be exchanged, and the query is one stage instead of three.
   */
  static RelationalGroupedDataset of(Dataset<Row> rows, Column... columns) {
    Dataset<Row> values = rows.select(columns);
    Column[] names = Arrays.stream(values.columns()).map(values::col).toArray(Column[]::new);
    return (isSmall(values) ? values.coalesce(1) : values).groupBy(names);
  }

  /** Rows with equal values of a column in one task, without an exchange where they are few. */
  static Dataset<Row> together(Dataset<Row> rows, String column) {
    return isSmall(rows) ? rows.coalesce(1) : rows.repartition(rows.col(column));
  }

  private static boolean isSmall(Dataset<Row> rows) {
    long most = rows.sparkSession().sessionState().conf().autoBroadcastJoinThreshold();
    return rows.queryExecution()
        .optimizedPlan()
        .stats()
        .sizeInBytes()
        .$less$eq(scala.math.BigInt.apply(most));
  }
}
