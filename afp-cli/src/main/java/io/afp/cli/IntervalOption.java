package io.afp.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** The time that something is asked for. */
final class IntervalOption {

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description = "Whole units of the pipeline: 2013, 2013-03, 2013-03-05, or first..last.")
  String interval;

  /** For a driver. */
  List<String> arguments() {
    return interval == null ? List.of() : List.of("--interval", interval);
  }
}
