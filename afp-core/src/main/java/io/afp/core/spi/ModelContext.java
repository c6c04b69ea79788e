package io.afp.core.spi;

import io.afp.core.definition.Interval;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a {@link Model} makes its rows from. */
public interface ModelContext {

  /**
   * The session on the branch of the run. Other models work in it too: make no temporary view and
   * change no setting.
   */
  SparkSession session();

  /**
   * The rows of a table that the model reads.
   *
   * @param name {@code namespace.name}
   * @throws io.afp.core.error.AfpException MODEL_READS if {@link Model#reads} does not name it
   */
  Dataset<Row> table(String name);

  /** The range of time to fill; empty for a table without {@code interval_column}. */
  Optional<Interval> interval();

  /**
   * The ends of the range as values of the type of {@code interval_column}, as {@code
   * :interval_start} and {@code :interval_end} of a query: {@code col("at").geq(bounds.start())},
   * {@code col("at").lt(bounds.end())}.
   *
   * @throws io.afp.core.error.AfpException CONTRADICTION for a table without {@code
   *     interval_column}
   */
  Interval.Bounds bounds();
}
