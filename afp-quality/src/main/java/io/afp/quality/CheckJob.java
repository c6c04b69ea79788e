package io.afp.quality;

import io.afp.core.job.DriverTask;

/**
 * Judges a table that no pipeline fills: of any catalog that Spark knows, files, or a table of a
 * database.
 */
public final class CheckJob {

  private CheckJob() {}

  /** The entry for spark-submit. */
  public static void main(String[] args) {
    System.exit(DriverTask.run(new CheckTask(), args));
  }
}
