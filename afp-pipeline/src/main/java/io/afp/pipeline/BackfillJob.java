package io.afp.pipeline;

import io.afp.core.job.Backfill;
import io.afp.core.job.JavaVersion;
import io.afp.core.job.ProcessEnd;

/** Does what is missing or stale in a time, run by run; what {@code afp backfill} starts. */
public final class BackfillJob {

  private BackfillJob() {}

  /** The entry for spark-submit. */
  public static void main(String[] args) {
    JavaVersion.require();
    ProcessEnd.with(Backfill.run(args));
  }
}
