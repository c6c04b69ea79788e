package io.afp.pipeline;

import io.afp.core.job.JavaVersion;
import io.afp.core.job.Job;
import io.afp.core.ledger.Phase;

/** Runs a pipeline from its sources to its served tables. */
public final class PipelineJob {

  private PipelineJob() {}

  /** The entry for spark-submit. */
  public static void main(String[] args) {
    JavaVersion.require();
    Job.of("afp-pipeline", Phase.values()).main(args);
  }
}
