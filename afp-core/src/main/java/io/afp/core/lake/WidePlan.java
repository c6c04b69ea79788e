package io.afp.core.lake;

import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Plans of rows with very many columns. What Spark does with each column beside all others takes
 * minutes there: to infer filters from what is known of columns, which only joins have a use for.
 */
public final class WidePlan {

  private static final int MANY = 500;

  private WidePlan() {}

  /** Does work, whose plans are made by this thread, on rows with so many columns. */
  public static <T> T of(SparkSession session, int columns, Supplier<T> work) {
    if (columns < MANY) {
      return work.get();
    }
    SQLConf conf = session.sessionState().conf().clone();
    conf.setConfString("spark.sql.constraintPropagation.enabled", "false");
    return SQLConf.withExistingConf(conf, work::get);
  }
}
