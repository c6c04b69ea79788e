package io.afp.core.job;

import io.afp.core.lake.Rejudged;
import io.afp.core.spi.Filled;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Keeps rows beside a table that were judged once more. */
interface Judged {

  /** Rows with the columns that say which run judged them last, and when. */
  Dataset<Row> signed(Dataset<Row> rows);

  /**
   * Stores rows that were judged again. One that stays for the same reasons is as old as it was.
   *
   * @param changed those of the units that have others now
   * @param judged those of all units that were judged
   */
  Filled replace(Rejudged rows, Column changed, Column judged);
}
