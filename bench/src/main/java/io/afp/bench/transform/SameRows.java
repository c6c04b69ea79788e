package io.afp.bench.transform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whether two sides made the same rows, in any order. */
public final class SameRows {

  private SameRows() {}

  public static void require(String what, Dataset<Row> afp, Dataset<Row> hand) {
    Row expected = sums(hand);
    Row found = sums(afp);
    if (!expected.equals(found)) {
      throw new IllegalStateException(
          "Cannot compare times: the two sides made different rows (what=%s, afp=%s, hand=%s)"
              .formatted(what, found, expected));
    }
  }

  /** The number of the rows and the sum of their hashes. */
  private static Row sums(Dataset<Row> rows) {
    Column[] columns = Arrays.stream(rows.columns()).map(c -> col(c)).toArray(Column[]::new);
    return rows.agg(count(lit(1)), sum(xxhash64(columns).cast("decimal(38,0)"))).head();
  }
}
