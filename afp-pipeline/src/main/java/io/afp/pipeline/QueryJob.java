package io.afp.pipeline;

import io.afp.core.job.JavaVersion;
import io.afp.core.job.LakeQuery;
import io.afp.core.job.ProcessEnd;

/** Asks the lake a question; what {@code afp sql --lake} runs. */
public final class QueryJob {

  private QueryJob() {}

  /** The entry for spark-submit. */
  public static void main(String[] args) {
    JavaVersion.require();
    ProcessEnd.with(LakeQuery.run(args));
  }
}
