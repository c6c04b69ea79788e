package io.afp.core.job;

import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.PipelineDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Backfills;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The arguments of a backfill. */
@Command(
    name = "afp-backfill",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Does what is missing or stale in a time, in runs of several intervals each.")
final class BackfillArguments extends PipelineArguments {

  @Option(
      names = "--from",
      description = "The first interval, such as 2013-01; else the earliest that is done.")
  String from;

  @Option(
      names = "--to",
      description = "The last interval, such as 2013-12; else the last one that is over.")
  String to;

  @Option(
      names = "--chunk",
      description = "How many intervals a run spans; else 24 hours, 31 days, 12 months or 5 years.")
  Integer chunk;

  @Option(
      names = "--anew",
      description = "Begins again, where --restate would go on with one that did not end.")
  boolean anew;

  @Option(names = "--dry-run", description = "Says what would be done, and changes nothing.")
  boolean dryRun;

  /** The arguments of the run of one chunk. */
  JobArguments run(Interval interval) {
    JobArguments run = new JobArguments();
    run.pipeline = pipeline;
    run.interval = interval.label();
    run.restate = restate;
    run.select = select;
    run.threads = threads;
    run.project = project;
    run.environment = environment;
    return run;
  }

  /** What is asked for, as the ledger keeps it. */
  Backfills.Request request(PipelineDef of) {
    String time = "%s..%s".formatted(from == null ? "start" : from, to == null ? "now" : to);
    String text = select == null ? time : time + " of " + select;
    return new Backfills.Request(of.name(), text, restate);
  }

  /**
   * The time that is asked for.
   *
   * @param earliest the start of the first interval that is done
   * @throws AfpException if it is not whole units of the pipeline, or has no beginning
   */
  Interval range(PipelineDef of, Supplier<Optional<Instant>> earliest, Instant now) {
    IntervalDef calendar = of.interval().orElseThrow(() -> wrong(of, "it declares no interval"));
    String first =
        Optional.ofNullable(from)
            .or(() -> earliest.get().map(start -> Interval.at(start, calendar).label()))
            .orElseThrow(() -> wrong(of, "nothing is done yet, so that it has no beginning"));
    String last =
        Optional.ofNullable(to)
            .orElseGet(() -> Interval.at(now, calendar).before(1).get(0).label());
    try {
      return Interval.parse(first + ".." + last, calendar);
    } catch (IllegalArgumentException e) {
      throw wrong(of, "%s (from=%s, to=%s)".formatted(e.getMessage(), first, last));
    }
  }

  private static AfpException wrong(PipelineDef of, String why) {
    return new AfpException(
        ErrorCode.INTERVAL_WRONG,
        "Cannot backfill pipeline %s: %s".formatted(of.name(), why),
        of.interval().isPresent()
            ? "Name whole units of the pipeline, such as --from 2013-01 --to 2013-12 for months."
            : "Run it by `afp run`, or declare `interval: { unit: month }` in pipeline.yaml.");
  }

  /** How many units a chunk spans. */
  int size(IntervalUnit unit) {
    if (chunk != null && chunk < 1) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot backfill in runs of no interval (chunk=%d)".formatted(chunk),
          "Write a number from 1.");
    }
    return chunk != null
        ? chunk
        : switch (unit) {
          case HOUR -> 24;
          case DAY -> 31;
          case MONTH -> 12;
          case YEAR -> 5;
        };
  }
}
