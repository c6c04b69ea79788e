package io.afp.core.job;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.KeyedHash;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.LeaseKeeper;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.Runs;
import io.afp.core.logging.RunLog;
import io.afp.core.settings.Settings;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One driver's share of a run of a declared pipeline.
 *
 * <p>A driver with a run key does its own phases, hands the lease over to the next driver of the
 * run, and leaves publish to the one that has the quality phase. A driver without one is a run of
 * its own, and publishes after the gate.
 */
final class Run {

  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);
  private static final long WAIT_MS = 1_000;

  private final Settings settings;
  private final PipelineDef pipeline;
  private final Database database;
  private final JobArguments arguments;
  private final Set<Phase> phases;
  private final Plugins plugins;

  Run(
      Settings settings,
      PipelineDef pipeline,
      Database database,
      JobArguments arguments,
      Set<Phase> phases) {
    this.settings = settings;
    this.pipeline = pipeline;
    this.database = database;
    this.arguments = arguments;
    this.phases = phases;
    this.plugins = Plugins.load();
  }

  /**
   * Which run this is: the one named by id or key, an unfinished one that asked for the same, or a
   * new one.
   */
  static RunRecord identify(
      Runs runs, PipelineDef pipeline, JobArguments arguments, Optional<Interval> interval) {
    String request = arguments.request(interval);
    Optional<UUID> given = given(pipeline, arguments);
    Optional<RunRecord> known =
        given.isPresent()
            ? runs.find(given.get())
            : runs.unfinished(pipeline.name(), request, arguments.restate);
    known.ifPresent(run -> requireSame(run, request, arguments.restate));
    return known.orElseGet(
        () ->
            new RunRecord(
                given.orElseGet(UUID::randomUUID),
                pipeline.name(),
                arguments.runKey(),
                request,
                interval.map(Interval::start),
                interval.map(Interval::end),
                arguments.restate,
                "running",
                Optional.empty()));
  }

  /** The id of the run, where it does not depend on the ledger. */
  static Optional<UUID> given(PipelineDef pipeline, JobArguments arguments) {
    return arguments
        .runId()
        .or(() -> arguments.runKey().map(key -> Runs.idOf(pipeline.name(), key)));
  }

  private static void requireSame(RunRecord run, String request, boolean restate) {
    if (!run.request().equals(request) || run.restate() != restate) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot use the run key again: its run asked for something else (asked=%s, now=%s)"
              .formatted(run.request(), request),
          "Give each run a key of its own.");
    }
  }

  /** Does the share of this driver. */
  JobResult execute(RunRecord run, Optional<Interval> interval) {
    try (SparkDriver spark = SparkDriver.of("afp:" + pipeline.name(), settings)) {
      return execute(run, interval, spark);
    }
  }

  /** The same on a Spark that other runs use before and after. */
  JobResult execute(RunRecord run, Optional<Interval> interval, SparkDriver spark) {
    KeyedHash.of(settings, pipeline.tables()); // before anything is read
    try (Audience audience = Audience.of(settings)) {
      return execute(run, interval, spark, audience);
    }
  }

  private JobResult execute(
      RunRecord run, Optional<Interval> interval, SparkDriver spark, Audience audience) {
    LeaseKeeper lease = takeLease(run);
    Narrator narrator = new Narrator(audience, database, run, pipeline);
    RunScope scope = new RunScope(settings, pipeline, database, run, lease, spark, narrator);
    try (Interrupt interrupt = Interrupt.guard(scope)) {
      DriverShare share =
          new DriverShare(scope, new RunOrder(arguments, interval, phases), plugins, interrupt);
      try {
        JobResult result = share.execute();
        narrator.ended(result);
        return result;
      } catch (Exception | Error e) {
        interrupt.failed(e);
        throw e;
      } finally {
        share.closeSession();
      }
    } finally {
      lease.close();
    }
  }

  /** Takes the lease for a job that is not shared by several drivers. */
  static LeaseKeeper take(Job.Opened opened, PipelineDef pipeline) {
    return LeaseKeeper.tryTake(opened.database(), pipeline.name(), opened.run().id())
        .orElseThrow(() -> held(opened.database(), pipeline, opened.run().id()));
  }

  private static AfpException held(Database database, PipelineDef pipeline, UUID run) {
    UUID holder = LeaseKeeper.holder(database, pipeline.name()).orElse(run);
    return new AfpException(
        ErrorCode.LEASE_HELD,
        "Cannot run the pipeline: another run is at work on it (pipeline=%s, run=%s)"
            .formatted(pipeline.name(), holder),
        "Wait until it has ended, then run the same command again.");
  }

  private LeaseKeeper takeLease(RunRecord run) {
    while (true) {
      Optional<LeaseKeeper> lease = LeaseKeeper.tryTake(database, pipeline.name(), run.id());
      if (lease.isPresent()) {
        return lease.get();
      }
      UUID holder = LeaseKeeper.holder(database, pipeline.name()).orElse(run.id());
      if (!holder.equals(run.id()) || arguments.runKey().isEmpty()) {
        throw held(database, pipeline, run.id());
      }
      progress.info("Waiting for the other job of this run");
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(WAIT_MS); // the other driver tells nobody when it ends; the lease is asked again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AfpException(
          ErrorCode.INTERRUPTED, "Cannot wait for the lease: interrupted", "Run again.", e);
    }
  }
}
