package io.afp.transform.blocks;

import io.afp.core.testing.TestSpark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Rows for a block, and what it gives. */
final class Given {

  private Given() {}

  static SparkSession session() {
    return TestSpark.session();
  }

  /** Rows in an order and partitions that only the seed knows. */
  static Dataset<Row> rows(String ddl, List<Row> rows, int seed) {
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    return session()
        .createDataFrame(shuffled, StructType.fromDDL(ddl))
        .repartition(1 + Math.floorMod(seed, 3));
  }

  /** The rows as text, sorted; -0.0 is another text than 0.0. */
  static List<String> texts(Dataset<Row> rows) {
    return texts(rows.collectAsList());
  }

  static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).sorted().toList();
  }
}
