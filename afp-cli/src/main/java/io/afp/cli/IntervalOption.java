package io.afp.cli;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.error.AfpException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The part of time that a command works on. */
final class IntervalOption {

  private static final String NO_INTERVAL = "all";

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description = "Whole units of the pipeline: 2013, 2013-03, 2013-03-05, or first..last.")
  String interval;

  /**
   * The interval as the ledger writes it.
   *
   * @throws AfpException if the pipeline can't be run for it
   */
  String request(PipelineDef pipeline) {
    return pipeline
        .requested(Optional.ofNullable(interval))
        .map(Interval::label)
        .orElse(NO_INTERVAL);
  }

  /** For a driver. */
  List<String> arguments() {
    return interval == null ? List.of() : List.of("--interval", interval);
  }
}
