package io.afp.ingestion;

import io.afp.core.job.JavaVersion;
import io.afp.core.job.Job;
import io.afp.core.ledger.Phase;

/** Fills the source tables of a pipeline. */
public final class IngestionJob {

  private IngestionJob() {}

  /** The entry for spark-submit. */
  public static void main(String[] args) {
    JavaVersion.require();
    Job.of("afp-ingestion", Phase.INGEST).main(args);
  }
}
