package io.afp.transform;

import io.afp.core.job.JavaVersion;
import io.afp.core.job.Job;
import io.afp.core.ledger.Phase;

/** Fills the models of a pipeline. */
public final class TransformJob {

  private TransformJob() {}

  /** The entry for spark-submit. */
  public static void main(String[] args) {
    JavaVersion.require();
    Job.of("afp-transform", Phase.TRANSFORM).main(args);
  }
}
