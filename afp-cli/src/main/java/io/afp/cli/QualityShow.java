package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the checks of a table measure in all of it. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what each check of a table measures in the whole table, and not only in the last run.",
      "It adds up what was measured when the rows were written, and reads none of them."
    })
final class QualityShow implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The folder of the pipeline.")
  Path pipeline;

  @Parameters(index = "1", paramLabel = "TABLE", description = "A table of the pipeline.")
  String table;

  @Option(
      names = "--as-of",
      paramLabel = "RELEASE|SNAPSHOT",
      description =
          "As a release left the table, or as of one of its snapshots; else as it is now.")
  Long asOf;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    List<String> arguments =
        new ArrayList<>(
            List.of("quality-show", "--pipeline", pipeline.toString(), "--table", table));
    if (asOf != null) {
      arguments.addAll(List.of("--as-of", asOf.toString()));
    }
    return UpkeepDriver.of(options, options.project(pipeline))
        .run("quality show", arguments, QualityShow::text);
  }

  static String text(JsonNode data) {
    String of = data.path("table").asText() + (data.has("snapshot") ? snapshot(data) : "");
    if (data.has("unknown")) {
      return "%s: nothing is known, %s".formatted(of, data.path("unknown").asText());
    }
    TextTable checks = new TextTable("check", "value", "obey", "judged", "unknown because");
    for (JsonNode check : data.path("checks")) {
      checks.row(
          check.path("check").asText(),
          check.path("value").asText(""),
          number(check.path("obey")),
          number(check.path("judged")),
          check.path("unknown").asText(""));
    }
    String rows = "%s: %s rows".formatted(of, Cell.number(data.path("rows").asLong()));
    return data.path("checks").isEmpty() ? rows : rows + "\n\n" + checks.fit("check", "value");
  }

  private static String snapshot(JsonNode data) {
    return " as of snapshot " + data.path("snapshot").asText();
  }

  private static String number(JsonNode value) {
    return value.isNumber() ? Cell.number(value.asLong()) : "";
  }
}
