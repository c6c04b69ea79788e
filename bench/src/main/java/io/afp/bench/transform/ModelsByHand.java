package io.afp.bench.transform;

import static org.apache.spark.sql.functions.lit;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/**
 * Queries whose rows become tables, as one writes it without AFP: a table is created when it is not
 * there, and overwritten.
 *
 * @param queries by the names of their tables, all of the namespace {@code answer}
 */
record ModelsByHand(SparkSession spark, Map<String, String> queries) {

  void inSequence() {
    createNamespace();
    queries.forEach(this::write);
  }

  private void createNamespace() {
    spark.sql("CREATE NAMESPACE IF NOT EXISTS answer");
  }

  private void write(String name, String sql) {
    Dataset<Row> rows = spark.sql(sql);
    spark.sql(
        "CREATE TABLE IF NOT EXISTS answer.%s (%s) USING iceberg"
            .formatted(name, rows.schema().toDDL()));
    try {
      rows.writeTo("answer." + name).overwrite(lit(true));
    } catch (NoSuchTableException e) {
      throw new IllegalStateException(e);
    }
  }
}
