package io.afp.ingestion;

import io.afp.core.job.DriverTask;
import io.afp.core.job.JavaVersion;
import io.afp.core.job.ProcessEnd;
import io.afp.ingestion.infer.InferTask;

/** Finds the table file that fits data; what {@code afp infer} starts. */
public final class InferJob {

  private InferJob() {}

  /** The entry for spark-submit. */
  public static void main(String[] args) {
    JavaVersion.require();
    ProcessEnd.with(DriverTask.run(new InferTask(), args));
  }
}
