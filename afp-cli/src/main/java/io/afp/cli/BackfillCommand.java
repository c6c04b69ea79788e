package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.Project;
import io.afp.core.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does what is missing or stale in a time. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = {
      "Does what is missing or stale in a time, oldest first: run by run, each published for itself, all in one driver.",
      "Running it again does the rest; a failed run stops it with its error."
    })
final class BackfillCommand implements Callable<Integer> {

  @Parameters(paramLabel = "PIPELINE", description = "The folder of the pipeline.")
  Path pipeline;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "The first interval, such as 2013-01 (default: the earliest that is done).")
  String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "The last interval, such as 2013-12 (default: the last one that is over).")
  String to;

  @Option(
      names = "--chunk",
      paramLabel = "N",
      description =
          "How many intervals a run spans (default: 24 hours, 31 days, 12 months or 5 years).")
  Integer chunk;

  @Mixin SelectionOptions selection;

  @Option(
      names = "--anew",
      description = "Begins again, where --restate would go on with one that did not end.")
  boolean anew;

  @Mixin ThreadsOption threads;

  @Mixin DryRunOption dryRun;

  @Mixin SkipOption skip;

  @Mixin CommonOptions options;

  @Override
  @SuppressWarnings("try") // the ledger is not asked: it is kept open for the driver
  public Integer call() {
    Project project = options.project(pipeline);
    Settings settings = options.settings(project);
    PipelineReader.read(project, pipeline);
    String id = UUID.randomUUID().toString();
    try (Ledger ledger = Ledger.open(settings, "afp/backfill");
        Driver driver = new Driver(settings, "backfill-" + id, Progress.forThisProcess())) {
      DriverEnd ended = driver.run("io.afp.pipeline.BackfillJob", id, arguments());
      ObjectNode data =
          ended.data() instanceof ObjectNode found ? found : Output.JSON.createObjectNode();
      data.put("outcome", ended.outcome()).put("log", ended.log().toString());
      return options
          .output("backfill")
          .end(ended.exitCode(), BackfillText.of(data), data, ended.problems());
    }
  }

  /** For the driver. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("--pipeline", pipeline.toString()));
    if (from != null) {
      arguments.addAll(List.of("--from", from));
    }
    if (to != null) {
      arguments.addAll(List.of("--to", to));
    }
    if (chunk != null) {
      arguments.addAll(List.of("--chunk", chunk.toString()));
    }
    if (anew) {
      arguments.add("--anew");
    }
    arguments.addAll(selection.arguments());
    arguments.addAll(threads.arguments());
    arguments.addAll(dryRun.arguments());
    arguments.addAll(skip.arguments());
    return arguments;
  }
}
