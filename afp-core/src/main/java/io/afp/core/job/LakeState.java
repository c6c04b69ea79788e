package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.LakeSession;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Which state of the lake a task reads: main, a branch, or what a release left. */
final class LakeState {

  @Option(names = "--branch")
  String branch;

  @Option(names = "--release")
  Long release;

  /**
   * Asks a question of it.
   *
   * @throws AfpException UNKNOWN_BRANCH or UNKNOWN_RELEASE if there is no such state
   */
  <T> T read(LakeTask task, LakeTask.Tools tools, Function<SparkSession, T> question) {
    LakeSession sessions = tools.sessions(task.name());
    SparkSession spark = tools.spark().session();
    if (release != null) {
      String name = Branches.nameOf(task.name(), task.id);
      try (ThrowAwayBranch then = ThrowAwayBranch.ofRelease(tools, name, release)) {
        return question.apply(sessions.reading(spark, then.name()));
      }
    }
    if (branch != null) {
      requireReadable(new Branches(tools.database()));
      return question.apply(sessions.reading(spark, branch));
    }
    return question.apply(sessions.onMain(spark));
  }

  private void requireReadable(Branches branches) {
    String state = branches.state(branch).orElse("unknown");
    if (!List.of("open", "fenced", "read").contains(state)) {
      throw new AfpException(
          ErrorCode.UNKNOWN_BRANCH,
          "Cannot read branch %s: it is not there (state=%s)".formatted(branch, state),
          "Ask `afp sql \"SELECT name, state FROM afp.branch\"` for the names.");
    }
  }
}
