package io.afp.serving;

import io.afp.core.job.JavaVersion;
import io.afp.core.job.Job;
import io.afp.core.ledger.Phase;

/** Serves the tables that a run has published. */
public final class ServingJob {

  private ServingJob() {}

  /** The entry for spark-submit. */
  public static void main(String[] args) {
    JavaVersion.require();
    Job.of("afp-serving", Phase.SERVE).main(args);
  }
}
