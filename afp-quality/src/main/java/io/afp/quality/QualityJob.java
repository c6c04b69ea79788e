package io.afp.quality;

import io.afp.core.job.JavaVersion;
import io.afp.core.job.Job;
import io.afp.core.ledger.Phase;

/** Judges what the earlier jobs of a run wrote, and publishes it if nothing stops that. */
public final class QualityJob {

  private QualityJob() {}

  /** The entry for spark-submit. */
  public static void main(String[] args) {
    JavaVersion.require();
    Job.of("afp-quality", Phase.QUALITY, Phase.PUBLISH).main(args);
  }
}
