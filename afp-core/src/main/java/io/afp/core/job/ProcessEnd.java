package io.afp.core.job;

/** The end of the process of a driver. */
public final class ProcessEnd {

  private ProcessEnd() {}

  /**
   * Ends the process with an exit code, also while threads are left that would keep it alive.
   *
   * <p>A driver in the application master of YARN that has succeeded returns instead: the master
   * ends the process then, and takes one that ends itself for a failed one, whatever its exit code.
   */
  public static void with(int exitCode) {
    if (exitCode != 0 || !isInApplicationMaster()) {
      System.exit(exitCode);
    }
  }

  /** The master makes system properties of the settings of Spark. */
  private static boolean isInApplicationMaster() {
    return System.getProperty("spark.master", "").equals("yarn")
        && System.getProperty("spark.submit.deployMode", "").equals("cluster");
  }
}
