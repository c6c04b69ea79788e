package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
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

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many tables are filled side by side (default: ${DEFAULT-VALUE}).")
  int threads = 4;

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
      Driver driver = new Driver(settings, id.toString(), Progress.forThisProcess());
      Driver.Ended ended = driver.run("io.afp.pipeline.PipelineJob", id.toString(), arguments(id));
      return report(ledger, id, driver, ended);
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

  private List<String> arguments(UUID id) {
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
    arguments.addAll(List.of("--threads", Integer.toString(threads)));
    return arguments;
  }

  private int report(Ledger ledger, UUID id, Driver driver, Driver.Ended ended) {
    Optional<RunReport> report = read(ledger, id);
    JsonNode document = ended.document().orElse(Output.JSON.createObjectNode());
    List<Problem> problems =
        ended.document().map(Diagnostics::read).orElseGet(() -> List.of(died(driver, ended)));
    ObjectNode data = ReportJson.of(report);
    String outcome = document.path("outcome").asText("failed");
    data.put("outcome", outcome).put("log", driver.log().toString());
    Output output = options.output("run");
    if (outcome.equals("nothing_to_do")) {
      return output.end(
          ended.exitCode(), "Nothing to do: everything is up to date", data, problems);
    }
    return output.end(exitCode(ended), report.map(ReportText::of).orElse(""), data, problems);
  }

  /**
   * A driver that was killed could not say why; its own code would mean nothing to an orchestrator.
   */
  private static int exitCode(Driver.Ended ended) {
    return ended.document().isPresent()
        ? ended.exitCode()
        : ErrorCode.DRIVER_DIED.category().exitCode();
  }

  /** A ledger that is down is already what the driver complains about. */
  private static Optional<RunReport> read(Ledger ledger, UUID id) {
    try {
      return RunReport.read(ledger.database(), id);
    } catch (AfpException e) {
      return Optional.empty();
    }
  }

  private static Problem died(Driver driver, Driver.Ended ended) {
    return Problem.error(
        ErrorCode.DRIVER_DIED,
        "Cannot say how the run ended: its driver ended without a report (exit=%d)"
            .formatted(ended.exitCode()),
        Location.nowhere(),
        "See " + driver.log() + ", then run the same command again.");
  }
}
