package io.afp.cli;

import io.afp.core.ledger.RunHistory;
import io.afp.core.settings.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says how the pipelines of the ledger stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows the last run of each pipeline, and what is at work now.")
final class StatusCommand implements Callable<Integer> {

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Settings settings = options.settings(options.existingProject());
    try (Ledger ledger = Ledger.open(settings, "afp/status")) {
      List<RunHistory.Entry> runs = new RunHistory(ledger.database()).newestOfEach();
      return options.output("status").success(text(runs), RunRows.json(runs), List.of());
    }
  }

  private static String text(List<RunHistory.Entry> runs) {
    if (runs.isEmpty()) {
      return "No pipeline has run yet";
    }
    TextTable table =
        new TextTable(
            "pipeline", "interval", "state", "release", "attempts", "started", "seconds", "error");
    for (RunHistory.Entry run : runs) {
      table.row(
          run.pipeline(),
          run.interval(),
          run.state(),
          Cell.orBlank(run.release()),
          Integer.toString(run.attempts()),
          Cell.time(run.started()),
          Cell.seconds(run.duration()),
          run.failure().map(RunHistory.Failure::code).orElse(""));
    }
    return table.fit("interval", "started", "error");
  }
}
