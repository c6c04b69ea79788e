package io.afp.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows rows that are kept beside a table. */
abstract class KeptOutExplain implements Callable<Integer> {

  private final KeptOutText text;

  KeptOutExplain(KeptOutText text) {
    this.text = text;
  }

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The folder of the pipeline.")
  Path pipeline;

  @Parameters(index = "1", paramLabel = "TABLE", description = "A table of the pipeline.")
  String table;

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
        .run(text.rows() + " explain", arguments(), run::arguments, text::explain);
  }

  /** The reason that rows are asked for by; null for any. */
  abstract String reason();

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(text.rows() + "-explain"));
    arguments.addAll(List.of("--pipeline", pipeline.toString(), "--table", table));
    arguments.addAll(List.of("--limit", Integer.toString(limit.value())));
    if (reason() != null) {
      arguments.addAll(List.of("--reason", reason()));
    }
    if (column != null) {
      arguments.addAll(List.of("--column", column));
    }
    return arguments;
  }
}
