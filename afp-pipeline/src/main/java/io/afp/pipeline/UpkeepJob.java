package io.afp.pipeline;

import io.afp.core.job.JavaVersion;
import io.afp.core.job.ProcessEnd;
import io.afp.core.job.Upkeep;

/** Keeps the lake in order between the runs; what {@code afp rollback} and others start. */
public final class UpkeepJob {

  private UpkeepJob() {}

  /** The entry for spark-submit. */
  public static void main(String[] args) {
    JavaVersion.require();
    ProcessEnd.with(Upkeep.run(args));
  }
}
