package io.afp.core.job;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the command asks of the lake besides runs: plan, rollback, clean, dropping a branch, a try
 * of the stores.
 */
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

  /** Needs neither ledger nor catalog, which may be what is wrong. */
  private static final String STORES = "stores";

  private Upkeep() {}

  /**
   * Does one of them.
   *
   * @param args the name of the task, then its arguments
   * @return the exit code
   */
  public static int run(String[] args) {
    String[] arguments = Arrays.copyOfRange(args, 1, args.length);
    return args[0].equals(STORES)
        ? StoreProbe.run(arguments)
        : LakeTask.run(TASKS.get(args[0]).get(), arguments);
  }
}
