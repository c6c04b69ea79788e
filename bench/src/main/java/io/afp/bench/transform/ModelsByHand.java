package io.afp.bench.transform;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  /** So many at a time, each in a pool of its own, of which Spark serves all alike. */
  void sideBySide(int threads) {
    createNamespace();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      queries.forEach((name, sql) -> all.add(workers.submit(() -> writeInPool(name, sql))));
      for (Future<?> one : all) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("Cannot fill the tables by hand", e);
    } finally {
      workers.shutdownNow();
    }
  }

  private void createNamespace() {
    spark.sql("CREATE NAMESPACE IF NOT EXISTS answer");
  }

  private void writeInPool(String name, String sql) {
    SparkSession.setActiveSession(spark);
    spark.sparkContext().setLocalProperty("spark.scheduler.pool", name);
    write(name, sql);
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
