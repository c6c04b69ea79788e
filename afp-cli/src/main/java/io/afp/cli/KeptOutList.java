package io.afp.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Counts the rows that are kept beside tables. */
abstract class KeptOutList implements Callable<Integer> {

  private final KeptOutText text;

  KeptOutList(KeptOutText text) {
    this.text = text;
  }

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The folder of the pipeline.")
  Path pipeline;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TABLE",
      description = "A table of the pipeline; else all.")
  String table;

  @Mixin OfRunOption run;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    List<String> arguments =
        new ArrayList<>(List.of(text.rows() + "-list", "--pipeline", pipeline.toString()));
    if (table != null) {
      arguments.addAll(List.of("--table", table));
    }
    return UpkeepDriver.of(options, options.project(pipeline))
        .run(text.rows() + " list", arguments, run::arguments, text::list);
  }
}
