package io.afp.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows rejects. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows rejects of a table: the file, the record, and each reason as a sentence.",
      "Personal values are masked; `afp sql --lake` shows the table of rejects as it is."
    })
final class RejectsExplain implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The folder of the pipeline.")
  Path pipeline;

  @Parameters(index = "1", paramLabel = "TABLE", description = "A source of the pipeline.")
  String table;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only those with this reason, such as type.")
  String reason;

  @Option(
      names = "--column",
      paramLabel = "COLUMN",
      description = "Only those of which a reason is about this column.")
  String column;

  @Mixin LimitOption limit;

  @Mixin OfRunOption run;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    return UpkeepDriver.of(options, options.project(pipeline))
        .run("rejects explain", arguments(), run::arguments, RejectsText::explain);
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("rejects-explain"));
    arguments.addAll(List.of("--pipeline", pipeline.toString(), "--table", table));
    arguments.addAll(List.of("--limit", Integer.toString(limit.value())));
    if (reason != null) {
      arguments.addAll(List.of("--reason", reason));
    }
    if (column != null) {
      arguments.addAll(List.of("--column", column));
    }
    return arguments;
  }
}
