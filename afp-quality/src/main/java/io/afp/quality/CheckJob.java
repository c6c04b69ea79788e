package io.afp.quality;

import io.afp.core.job.DriverTask;
import io.afp.core.job.JavaVersion;
import io.afp.core.job.ProcessEnd;

/**
 * Judges a table that no pipeline fills: of any catalog that Spark knows, files, or a table of a
 * database.
 */
public final class CheckJob {

  private CheckJob() {}

  /** The entry for spark-submit. */
  public static void main(String[] args) {
    JavaVersion.require();
    ProcessEnd.with(DriverTask.run(new CheckTask(), args));
  }
}
