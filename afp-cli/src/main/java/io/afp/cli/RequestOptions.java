package io.afp.cli;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.ledger.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is asked of a pipeline. */
final class RequestOptions {

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description = "Whole units of the pipeline: 2013, 2013-03, 2013-03-05, or first..last.")
  String interval;

  @Option(
      names = "--full-refresh",
      description =
          "Builds the tables anew from nothing: all their done intervals, and those that are asked for.")
  boolean fullRefresh;

  @Mixin SelectionOptions selection;

  /**
   * What is asked, as the ledger writes it.
   *
   * @throws io.afp.core.error.AfpException if the pipeline can't be run for the interval
   */
  String request(PipelineDef pipeline) {
    String request = Runs.request(requested(pipeline), Optional.ofNullable(selection.select));
    return fullRefresh ? Runs.fullRefresh(request) : request;
  }

  private Optional<Interval> requested(PipelineDef pipeline) {
    return fullRefresh && interval == null
        ? Optional.empty()
        : pipeline.requested(Optional.ofNullable(interval));
  }

  /** For a driver. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (interval != null) {
      arguments.addAll(List.of("--interval", interval));
    }
    arguments.addAll(selection.arguments());
    if (fullRefresh) {
      arguments.add("--full-refresh");
    }
    return arguments;
  }
}
