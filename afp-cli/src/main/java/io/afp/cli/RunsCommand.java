package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Project;
import io.afp.core.ledger.RunHistory;
import io.afp.core.ledger.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists what ran. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[COMMAND]",
    description = "Lists the runs, newest first.",
    subcommands = RunsCommand.Show.class)
final class RunsCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "PIPELINE",
      description = "The name of a pipeline; else all.")
  String pipeline;

  @Mixin LimitOption limit;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    int most = limit.value();
    Project project = options.existingProject();
    try (Ledger ledger = Ledger.open(options.settings(project), "afp/runs")) {
      List<RunHistory.Entry> runs =
          new RunHistory(ledger.database()).newest(Optional.ofNullable(pipeline), most);
      if (runs.isEmpty() && pipeline != null) {
        KnownNames.of(project, ledger).requirePipeline(pipeline);
      }
      return options.output("runs").success(text(runs), RunRows.json(runs), List.of());
    }
  }

  private static String text(List<RunHistory.Entry> runs) {
    if (runs.isEmpty()) {
      return "No run yet";
    }
    TextTable table =
        new TextTable(
            "run", "pipeline", "interval", "state", "attempts", "started", "seconds", "release");
    for (RunHistory.Entry run : runs) {
      table.row(
          Cell.id(run.id()),
          run.pipeline(),
          run.interval(),
          run.state(),
          Integer.toString(run.attempts()),
          Cell.time(run.started()),
          Cell.seconds(run.duration()),
          Cell.orBlank(run.release()));
    }
    return table.fit("run", "state", "started");
  }

  /** Shows all about one run. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a run: its attempts, steps, rejects and checks, and why it failed.")
  static final class Show implements Callable<Integer> {

    @Parameters(
        paramLabel = "RUN",
        description = "The id of a run, or as much of its start as is unique.")
    String run;

    @Mixin CommonOptions options;

    @Override
    public Integer call() {
      try (Ledger ledger = Ledger.open(options.settings(options.existingProject()), "afp/runs")) {
        RunHistory history = new RunHistory(ledger.database());
        RunHistory.Entry entry = history.find(run);
        List<RunHistory.Attempt> attempts = history.attempts(entry.id());
        RunReport report = RunReport.read(ledger.database(), entry.id()).orElseThrow();
        return options
            .output("runs show")
            .success(text(entry, attempts, report), json(entry, attempts, report), List.of());
      }
    }

    private static final int INDENT = 4;

    private static String text(
        RunHistory.Entry entry, List<RunHistory.Attempt> attempts, RunReport report) {
      List<String> blocks = new ArrayList<>();
      blocks.add(
          "pipeline %s, interval %s, started %s, %s seconds"
              .formatted(
                  entry.pipeline(),
                  entry.interval(),
                  Cell.time(entry.started()),
                  Cell.seconds(entry.duration())));
      if (!attempts.isEmpty()) {
        blocks.add(table(attempts));
      }
      entry
          .failure()
          .ifPresent(f -> blocks.add(Folded.text(f.code() + "  " + f.message(), INDENT)));
      blocks.add(ReportText.of(report));
      return String.join("\n\n", blocks);
    }

    private static String table(List<RunHistory.Attempt> attempts) {
      TextTable table = new TextTable("attempt", "started", "branch", "branch is");
      for (RunHistory.Attempt attempt : attempts) {
        table.row(
            Integer.toString(attempt.number()),
            Cell.time(attempt.started()),
            attempt.branch(),
            attempt.branchState().orElse("not made"));
      }
      return table.fit("started", "branch");
    }

    private static ObjectNode json(
        RunHistory.Entry entry, List<RunHistory.Attempt> attempts, RunReport report) {
      ObjectNode node = Output.JSON.createObjectNode();
      RunRows.describe(entry, node);
      node.put("error_message", entry.failure().map(RunHistory.Failure::message).orElse(null));
      ArrayNode list = node.putArray("attempt_list");
      for (RunHistory.Attempt attempt : attempts) {
        list.addObject()
            .put("attempt", attempt.number())
            .put("started", attempt.started().toString())
            .put("branch", attempt.branch())
            .put("branch_state", attempt.branchState().orElse(null));
      }
      return node.setAll(ReportJson.of(Optional.of(report)));
    }
  }
}
