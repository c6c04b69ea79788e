package io.afp.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Counts the rejects that are there. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Counts the rejects that are there now, by table, interval, column and reason.",
      "A row counts for each of its reasons; the rows themselves are shown by `afp rejects explain`."
    })
final class RejectsList implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The folder of the pipeline.")
  Path pipeline;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TABLE",
      description = "A source of the pipeline; else all.")
  String table;

  @Mixin OfRunOption run;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    List<String> arguments =
        new ArrayList<>(List.of("rejects-list", "--pipeline", pipeline.toString()));
    if (table != null) {
      arguments.addAll(List.of("--table", table));
    }
    return UpkeepDriver.of(options, options.project(pipeline))
        .run("rejects list", arguments, run::arguments, RejectsText::list);
  }
}
