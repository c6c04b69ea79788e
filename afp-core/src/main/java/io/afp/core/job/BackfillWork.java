package io.afp.core.job;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.Problem;
import io.afp.core.job.Chunks.Chunk;
import io.afp.core.ledger.Backfills;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.DoneUnits;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.StepTimes;
import io.afp.core.logging.RunLog;
import io.afp.core.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A backfill at work: finds out what is to be done, and does it run by run on one Spark. */
final class BackfillWork {

  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);

  private final BackfillArguments arguments;
  private final Settings settings;
  private final PipelineDef pipeline;
  private final BackfillReport report;
  private final Tools tools;

  /**
   * What the runs share.
   *
   * @param planners each plans once, by what is done then
   */
  record Tools(Database database, SparkDriver spark, Supplier<Planner> planners) {}

  BackfillWork(
      BackfillArguments arguments,
      Settings settings,
      PipelineDef pipeline,
      BackfillReport report,
      Tools tools) {
    this.arguments = arguments;
    this.settings = settings;
    this.pipeline = pipeline;
    this.report = report;
    this.tools = tools;
  }

  JobResult execute() {
    Interval range = arguments.range(pipeline, this::earliest, Instant.now());
    Backfills backfills = new Backfills(tools.database());
    Optional<Backfills.Entry> before = before(backfills);
    long upTo = before.map(Backfills.Entry::release).orElseGet(backfills::newestRelease);
    Plan plan =
        tools
            .planners()
            .get()
            .survey(
                new Planner.Wish(
                    Optional.of(range), arguments.restate, false, arguments.selection()),
                upTo);
    List<Chunk> chunks = chunks(plan, range);
    Pace pace = new Pace(plan, chunks, new StepTimes(tools.database()).perUnit(pipeline.name()));
    report.planned(pipeline, range, plan, chunks);
    report.pace(pace);
    List<Problem> warnings = plan.warnings();
    if (arguments.dryRun) {
      return new JobResult(0, "planned", Optional.empty(), Optional.empty(), warnings);
    }
    if (chunks.isEmpty()) {
      JobResult closed = closing(plan, range);
      before.ifPresent(entry -> backfills.end(entry.id()));
      return closed.plus(warnings);
    }
    UUID id =
        before
            .map(Backfills.Entry::id)
            .orElseGet(() -> backfills.begin(arguments.request(pipeline), upTo));
    JobResult result = run(chunks, pace);
    backfills.end(id);
    sayWhatIsStaleAgain(range);
    return result.plus(warnings);
  }

  /** A table that merges moves with each chunk, below tables that earlier chunks have filled. */
  private void sayWhatIsStaleAgain(Interval range) {
    Planner.Wish rest = new Planner.Wish(Optional.of(range), false, false, arguments.selection());
    Plan plan = tools.planners().get().survey(rest, Long.MAX_VALUE);
    if (!Chunks.of(plan, range, arguments.size(range.calendar().unit()), false).isEmpty()) {
      progress.info(
          "Tables read some that merge, which later chunks have changed: run the same backfill once more");
    }
  }

  private Optional<Instant> earliest() {
    return new DoneUnits(tools.database())
        .earliest(pipeline.tables().stream().map(TableDef::name).toList());
  }

  /** The one to go on with. Only what is restated depends on it: the rest is in the ledger. */
  private Optional<Backfills.Entry> before(Backfills backfills) {
    Optional<Backfills.Entry> before = backfills.unfinished(arguments.request(pipeline));
    if (arguments.anew && !arguments.dryRun) {
      before.ifPresent(entry -> backfills.end(entry.id()));
    }
    Optional<Backfills.Entry> found = before.filter(entry -> !arguments.anew);
    found
        .filter(entry -> arguments.restate)
        .ifPresent(
            entry ->
                progress.info(
                    "Going on with the backfill of {}: what was restated since is left as it is",
                    entry.startedAt()));
    return found;
  }

  private List<Chunk> chunks(Plan plan, Interval range) {
    int size = arguments.size(range.calendar().unit());
    List<Chunk> chunks = Chunks.of(plan, range, size, arguments.restate);
    return chunks.isEmpty() && !plan.isEmpty()
        ? Chunks.last(plan, range).stream().toList()
        : chunks;
  }

  /** Serves what a run that was killed has left, if there is something. */
  private JobResult closing(Plan plan, Interval range) {
    JobResult nothing =
        new JobResult(
            arguments.skipCode, "nothing_to_do", Optional.empty(), Optional.empty(), List.of());
    return Chunks.last(plan, range)
        .map(this::run)
        .filter(result -> !result.outcome().equals(nothing.outcome()))
        .orElse(nothing);
  }

  private JobResult run(List<Chunk> chunks, Pace pace) {
    JobResult last = null;
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      String name = "chunk %d of %d, %s".formatted(i + 1, chunks.size(), chunk.interval().label());
      progress.info("{}: {}", name, pace.text());
      long start = System.nanoTime();
      try {
        last = run(chunk);
      } catch (Exception | Error e) {
        failed(i, name);
        throw e;
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      pace.ended(chunk, took);
      report.ended(i, last, took);
      report.pace(pace);
      progress.info("{}: {} in {} s", name, last.outcome(), took.toSeconds());
    }
    return last;
  }

  private void failed(int done, String name) {
    report.failed(done);
    progress.info(
        "{}: failed. {} before it are done; the same backfill again goes on here", name, done);
  }

  /** One chunk is a run like any other. */
  private JobResult run(Chunk chunk) {
    JobArguments one = arguments.run(chunk.interval());
    one.restate &= chunk.units() > 0;
    Optional<Interval> interval = Optional.of(chunk.interval());
    try (Job.Opened opened = Job.Opened.open(settings, pipeline, one, interval)) {
      return new Run(settings, pipeline, opened.database(), one, Set.of(Phase.values()))
          .execute(opened.run(), interval, tools.spark());
    }
  }
}
