package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.Project;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.Runs;
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

/** Runs a pipeline. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a pipeline: reads what is new, writes it on a branch, checks it, publishes it in one step and serves it.",
      "Running it again does what is not done yet; a run that was killed is taken up where it stood."
    })
final class RunCommand implements Callable<Integer> {

  @Parameters(paramLabel = "PIPELINE", description = "The folder of the pipeline.")
  Path pipeline;

  @Mixin RequestOptions request;

  @Option(
      names = "--run-key",
      paramLabel = "TEXT",
      description = "Names the run, so that a repeated call is the same run.")
  String runKey;

  @Mixin SkipOption skip;

  @Mixin ThreadsOption threads;

  @Option(
      names = "--publish-partial",
      description = {
        "When tables fail, publishes those that neither failed nor are made of one that did.",
        "The exit code still says that something failed."
      })
  boolean publishPartial;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Project project = options.project(pipeline);
    Settings settings = options.settings(project);
    PipelineDef definition = PipelineReader.read(project, pipeline);
    String asked = request.request(definition);
    try (Ledger ledger = Ledger.open(settings, "afp/run")) {
      UUID id = runId(new Runs(ledger.database()), definition, asked);
      ledger.rename("afp/%s/run".formatted(id));
      try (Driver driver = new Driver(settings, id.toString(), Progress.forThisProcess())) {
        DriverEnd ended = driver.run("io.afp.pipeline.PipelineJob", id.toString(), arguments(id));
        return new RunEnd(ledger, id, ended)
            .report(options.output("run"), RunCommand::conclusion, data -> {});
      }
    }
  }

  /** Found before the driver starts, so that its first log line has it. */
  private UUID runId(Runs runs, PipelineDef definition, String asked) {
    if (runKey != null) {
      return Runs.idOf(definition.name(), runKey);
    }
    return runs.unfinished(definition.name(), asked, request.selection.restate)
        .map(RunRecord::id)
        .orElseGet(UUID::randomUUID);
  }

  /** For the driver. */
  List<String> arguments(UUID id) {
    List<String> arguments =
        new ArrayList<>(List.of("--pipeline", pipeline.toString(), "--run-id", id.toString()));
    arguments.addAll(request.arguments());
    if (runKey != null) {
      arguments.addAll(List.of("--run-key", runKey));
    }
    if (publishPartial) {
      arguments.add("--publish-partial");
    }
    arguments.addAll(skip.arguments());
    arguments.addAll(threads.arguments());
    return arguments;
  }

  private static String conclusion(ObjectNode data) {
    boolean nothing = data.path("outcome").asText().equals("nothing_to_do");
    return nothing ? "Nothing to do: everything is up to date" : "";
  }
}
