package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.RunReport;
import io.afp.core.ledger.Runs;
import io.afp.core.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        return report(ledger, id, ended);
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

  private int report(Ledger ledger, UUID id, DriverEnd ended) {
    Optional<RunReport> report = ended.refused() ? Optional.empty() : read(ledger, id);
    String outcome = ended.outcome();
    ObjectNode data = ReportJson.of(report);
    data.put("run_id", id.toString()).put("outcome", outcome).put("log", ended.log().toString());
    boolean nothing = outcome.equals("nothing_to_do");
    String text =
        nothing ? "Nothing to do: everything is up to date" : report.map(ReportText::of).orElse("");
    List<Problem> problems =
        ended.interrupted() ? List.of(interrupted(ledger, id)) : ended.problems();
    return options.output("run").end(ended.exitCode(), text, data, problems);
  }

  /** A ledger that is down is already what the driver complains about. */
  private static Optional<RunReport> read(Ledger ledger, UUID id) {
    try {
      return RunReport.read(ledger.database(), id);
    } catch (AfpException e) {
      return Optional.empty();
    }
  }

  private static Problem interrupted(Ledger ledger, UUID id) {
    return Problem.error(
        ErrorCode.INTERRUPTED,
        "Cannot finish the run: it was interrupted, %s (run=%s)".formatted(left(ledger, id), id),
        Location.nowhere(),
        "Run the same command again.");
  }

  private static String left(Ledger ledger, UUID id) {
    try {
      return new Runs(ledger.database())
          .find(id)
          .flatMap(RunRecord::release)
          .map("release %d is published, serving is not finished"::formatted)
          .orElse("nothing was published");
    } catch (AfpException e) {
      return "and the ledger does not answer whether it was published";
    }
  }
}
