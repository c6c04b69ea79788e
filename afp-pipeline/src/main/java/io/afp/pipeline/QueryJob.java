package io.afp.pipeline;

import io.afp.core.job.LakeQuery;

/** Asks the lake a question; what {@code afp sql --lake} runs. */
public final class QueryJob {

  private QueryJob() {}

  /** The entry for spark-submit. */
  public static void main(String[] args) {
    System.exit(LakeQuery.run(args));
  }
}
