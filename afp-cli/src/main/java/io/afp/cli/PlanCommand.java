package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what a run would do. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Says what a run would do and why, and which columns Spark finds in the queries.",
      "Of files only those are read that may have changed since they were loaded; nothing is loaded.",
      "Of sources that are to be loaded it compares the columns with those before, as a run does."
    })
final class PlanCommand implements Callable<Integer> {

  @Parameters(paramLabel = "PIPELINE", description = "The folder of the pipeline.")
  Path pipeline;

  @Mixin RequestOptions request;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    return UpkeepDriver.of(options, options.project(pipeline))
        .run("plan", arguments(), PlanCommand::text);
  }

  /** For the driver. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("plan", "--pipeline", pipeline.toString()));
    arguments.addAll(request.arguments());
    return arguments;
  }

  private static String text(JsonNode plan) {
    return plan.path("steps").isEmpty()
        ? "Nothing to do: everything is up to date"
        : PlanText.of(plan);
  }
}
