package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes the lake back to a release. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = {
      "Takes all tables back to what a release showed, rows and columns, in one publish, and serves them again.",
      "It is a release of its own, so it can be rolled back too. What was done since is done again by the next run."
    })
final class RollbackCommand implements Callable<Integer> {

  @Option(
      names = "--to",
      paramLabel = "RELEASE",
      required = true,
      description = "The number of the release; see `afp releases`.")
  long to;

  @Mixin DryRunOption dryRun;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    List<String> arguments = new ArrayList<>(List.of("rollback", "--to", Long.toString(to)));
    arguments.addAll(dryRun.arguments());
    return UpkeepDriver.of(options, options.existingProject())
        .run("rollback", arguments, RollbackCommand::text);
  }

  private static String text(JsonNode data) {
    long to = data.path("to").asLong();
    if (data.path("tables").isEmpty()) {
      return "Nothing to do: all tables are as release %d left them".formatted(to);
    }
    TextTable table = new TextTable("table", "action", "rows now", "rows then");
    for (JsonNode change : data.path("tables")) {
      table.row(
          change.path("table").asText(),
          change.path("action").asText(),
          rows(change.path("rows_now")),
          rows(change.path("rows_then")));
    }
    return table.fit("table") + "\n\n" + end(data, to);
  }

  private static String end(JsonNode data, long to) {
    List<String> served = new ArrayList<>();
    data.path("served").forEach(name -> served.add(name.asText()));
    if (data.path("dry_run").asBoolean()) {
      String again =
          served.isEmpty()
              ? ""
              : "Would be served again: %s%n".formatted(String.join(", ", served));
      return again + "Nothing was changed: this was a dry run";
    }
    return "release %d: the tables of release %d%s"
        .formatted(
            data.path("release").asLong(),
            to,
            served.isEmpty() ? "" : "; served again: " + String.join(", ", served));
  }

  private static String rows(JsonNode count) {
    return count.isMissingNode() || count.asLong() < 0 ? "" : Cell.number(count.asLong());
  }
}
