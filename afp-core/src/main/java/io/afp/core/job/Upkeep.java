package io.afp.core.job;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the command asks of the lake besides runs: plan, rollback, clean, dropping a branch, a try
 * of the stores.
 */
public final class Upkeep {

  private static final Map<String, Supplier<DriverTask>> TASKS =
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
          ReplayCheck::new,
          "stores",
          StoreProbe::new);

  private Upkeep() {}

  /**
   * Does one of them.
   *
   * @param args the name of the task, then its arguments
   * @return the exit code
   */
  public static int run(String[] args) {
    return DriverTask.run(TASKS.get(args[0]).get(), Arrays.copyOfRange(args, 1, args.length));
  }
}
