package io.afp.core.job;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/** What the command asks of the lake besides runs: plan, rollback, clean, dropping a branch. */
public final class Upkeep {

  private static final Map<String, Supplier<LakeTask>> TASKS =
      Map.of(
          "plan",
          PlanTask::new,
          "rollback",
          Rollback::new,
          "clean",
          Cleaning::new,
          "drop-branch",
          BranchDrop::new,
          "rejects-list",
          RejectsList::new,
          "rejects-explain",
          RejectsExplain::new,
          "rejects-check",
          ReplayCheck::new);

  private Upkeep() {}

  /**
   * Does one of them.
   *
   * @param args the name of the task, then its arguments
   * @return the exit code
   */
  public static int run(String[] args) {
    return LakeTask.run(TASKS.get(args[0]).get(), Arrays.copyOfRange(args, 1, args.length));
  }
}
