package io.afp.ingestion.file;

import io.afp.core.lake.RawRows;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The first rows of each of many files: one plan for all of them, in which no file is read further
 * than it has to be.
 */
final class FirstRows implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1;

  /** More than a file has, so that none is split, and none is put together with another one. */
  private static final long LARGE = 1L << 40;

  private final long most;

  private FirstRows(long most) {
    this.most = most;
  }

  /**
   * Those of some files; each look at them reads them, so that they are nowhere kept.
   *
   * @param most rows of a file
   * @param files gives the rows of all files
   */
  static RawRows of(SparkSession session, long most, Function<SparkSession, RawRows> files) {
    SparkSession apart = session.newSession();
    apart.conf().set("spark.sql.files.maxPartitionBytes", LARGE);
    apart.conf().set("spark.sql.files.openCostInBytes", LARGE);
    Dataset<Row> all = files.apply(apart).rows();
    Dataset<Row> first = all.mapPartitions(new FirstRows(most), Encoders.row(all.schema()));
    int tasks =
        session.sparkContext().defaultParallelism(); // few rows are soon looked at, a task is not
    return new RawRows(first.coalesce(tasks), Optional.empty());
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Iterator<>() {
      private long given;

      @Override
      public boolean hasNext() {
        return given < most && rows.hasNext();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        given++;
        return rows.next();
      }
    };
  }
}
