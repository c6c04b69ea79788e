package io.afp.core.job;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Runs;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The arguments that every job jar takes. */
@Command(
    name = "afp-job",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs its part of a pipeline.")
public final class JobArguments extends PipelineArguments {

  @Option(
      names = "--interval",
      description = "Whole units of the pipeline: 2013, 2013-03, 2013-03-05, or first..last.")
  String interval;

  @Option(
      names = "--full-refresh",
      description =
          "Builds the tables anew from nothing: all their done intervals, and those that are asked for.")
  boolean fullRefresh;

  @Option(
      names = "--publish-partial",
      description =
          "When tables fail, publishes those that neither failed nor are made of one that did; the job still ends with the failure.")
  boolean publishPartial;

  @Option(
      names = "--run-key",
      description = "A text that is unique per run: all jobs with it work on one branch.")
  String runKey;

  @Option(
      names = "--replay",
      description = "Judges the rejects of this table again, in place of its source.")
  String replay;

  @Option(
      names = "--replay-quarantine",
      description = "Judges the quarantine of this table again, in place of what fills it.")
  String replayQuarantine;

  @Option(names = "--run-id", hidden = true, description = "The id of the run.")
  UUID runId;

  /** What was asked for, as text. */
  String request(Optional<Interval> interval) {
    if (replays()) {
      return Runs.replay(replayedRows().toString(), replayed(), interval);
    }
    String request = Runs.request(interval, Optional.ofNullable(select));
    return fullRefresh ? Runs.fullRefresh(request) : request;
  }

  /** Whether rows that are kept beside a table are judged again. */
  boolean replays() {
    return replay != null || replayQuarantine != null;
  }

  /** Which of them. */
  KeptOut replayedRows() {
    return replay != null ? KeptOut.REJECTS : KeptOut.QUARANTINE;
  }

  /** The table beside which they are. */
  TableName replayed() {
    try {
      return TableName.parse(replay != null ? replay : replayQuarantine);
    } catch (IllegalArgumentException e) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot replay %s: ".formatted(replayedRows()) + e.getMessage(),
          "Name the table, such as raw.orders.");
    }
  }

  /** The interval that was asked for; a full refresh and a replay can do without one. */
  Optional<Interval> requested(PipelineDef pipeline) {
    return (fullRefresh || replays()) && interval == null
        ? Optional.empty()
        : pipeline.requested(Optional.ofNullable(interval));
  }

  Optional<String> runKey() {
    return Optional.ofNullable(runKey);
  }

  Optional<UUID> runId() {
    return Optional.ofNullable(runId);
  }
}
