package io.afp.core.spi;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Fills a table by Java where SQL is not enough. The file of the table names the class: {@code
 * model: com.acme.Sessions}; everything else is declared there as for a query.
 *
 * <p>A model is public and has a public constructor without arguments. It is made anew each time it
 * is asked, keeps nothing, and depends on nothing but the tables that it names and the interval:
 * then a run that is repeated gives the same rows. When the class changes, its intervals are done
 * again.
 */
public interface Model {

  /**
   * The tables that {@link #rows} reads, each as {@code namespace.name}. They are filled before.
   * Asked before Spark is started.
   */
  Set<String> reads();

  /**
   * The rows of one range of time, or of the whole table: exactly the declared columns, in their
   * order, with their types.
   *
   * <p>Called once for each range that a run writes, and by {@code afp plan}. It says how the rows
   * are made and makes none itself: no {@code collect}, {@code count} or {@code write}.
   */
  Dataset<Row> rows(ModelContext context) throws Exception;
}
