package io.afp.core.job;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the command asks of the lake besides runs: plan, rollback, clean, dropping a branch, what
 * was measured in a whole table, a try of the stores.
 */
public final class Upkeep {

  private static final Map<String, Supplier<DriverTask>> TASKS =
      Map.ofEntries(
          Map.entry("plan", PlanTask::new),
          Map.entry("rollback", Rollback::new),
          Map.entry("clean", Cleaning::new),
          Map.entry("drop-branch", BranchDrop::new),
          Map.entry("rejects-list", () -> new KeptOutList(KeptOut.REJECTS)),
          Map.entry("rejects-explain", () -> new KeptOutExplain(KeptOut.REJECTS)),
          Map.entry("rejects-check", () -> new ReplayCheck(KeptOut.REJECTS)),
          Map.entry("quarantine-list", () -> new KeptOutList(KeptOut.QUARANTINE)),
          Map.entry("quarantine-explain", () -> new KeptOutExplain(KeptOut.QUARANTINE)),
          Map.entry("quarantine-check", () -> new ReplayCheck(KeptOut.QUARANTINE)),
          Map.entry("quality-show", QualityShow::new),
          Map.entry("stores", StoreProbe::new));

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
