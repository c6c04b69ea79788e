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

  @Mixin IntervalOption time;

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
    return fullRefresh && time.interval == null
        ? Optional.empty()
        : pipeline.requested(Optional.ofNullable(time.interval));
  }

  /** For a driver. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(time.arguments());
    arguments.addAll(selection.arguments());
    if (fullRefresh) {
      arguments.add("--full-refresh");
    }
    return arguments;
  }
}
