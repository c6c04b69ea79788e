package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what a run would do. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Says what a run would do and why, and which columns Spark finds in the queries.",
      "Nothing is read but the names and checksums of files; nothing is changed."
    })
final class PlanCommand implements Callable<Integer> {

  @Parameters(paramLabel = "PIPELINE", description = "The folder of the pipeline.")
  Path pipeline;

  @Mixin RequestOptions request;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    List<String> arguments = new ArrayList<>(List.of("plan", "--pipeline", pipeline.toString()));
    arguments.addAll(request.arguments());
    return UpkeepDriver.of(options, options.project(pipeline))
        .run("plan", arguments, PlanCommand::text);
  }

  private static String text(JsonNode plan) {
    if (plan.path("steps").isEmpty()) {
      return "Nothing to do: everything is up to date";
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode step : plan.path("steps")) {
      text.append(step(step)).append('\n');
    }
    if (!plan.path("done").isEmpty()) {
      text.append("Up to date: ").append(words(plan.path("done"))).append('\n');
    }
    return text.toString().stripTrailing();
  }

  private static String step(JsonNode step) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %s, %s".formatted(text(step, "table"), text(step, "phase"), text(step, "mode")));
    if (step.path("files").asInt() > 0) {
      text.append(", %d files".formatted(step.path("files").asInt()));
    }
    if (!step.path("reads").isEmpty()) {
      text.append(", reads ").append(words(step.path("reads")));
    }
    text.append('\n');
    byReason(step)
        .forEach((reason, units) -> text.append("  %s: %s%n".formatted(first(units), reason)));
    for (JsonNode change : step.path("changes")) {
      text.append("  %s%n".formatted(change.asText()));
    }
    for (JsonNode column : step.path("columns")) {
      text.append("    %-24s %s%n".formatted(text(column, "name"), text(column, "type")));
    }
    return text.toString();
  }

  private static Map<String, List<String>> byReason(JsonNode step) {
    Map<String, List<String>> units = new LinkedHashMap<>();
    for (JsonNode unit : step.path("units")) {
      units.computeIfAbsent(text(unit, "reason"), r -> new ArrayList<>()).add(text(unit, "unit"));
    }
    return units;
  }

  private static String first(List<String> units) {
    return units.size() == 1
        ? units.get(0)
        : "%s .. %s (%d)".formatted(units.get(0), units.get(units.size() - 1), units.size());
  }

  private static String words(JsonNode names) {
    return StreamSupport.stream(names.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
