package io.afp.core.job;

import io.afp.core.catalog.Pointer;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.LeaseKeeper;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.Runs;
import io.afp.core.ledger.StepRecord;
import io.afp.core.logging.RunLog;
import io.afp.core.settings.Settings;
import io.afp.core.spi.Stage;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
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

  private static final Logger log = LoggerFactory.getLogger(Run.class);
  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);
  private static final long WAIT_MS = 1_000;

  private final Settings settings;
  private final PipelineDef pipeline;
  private final Database database;
  private final JobArguments arguments;
  private final Set<Phase> phases;
  private final Plugins plugins;
  private final Runs runs;

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
    this.runs = new Runs(database);
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
    try (SparkDriver spark = new SparkDriver("afp:" + pipeline.name(), settings.spark())) {
      return execute(run, interval, spark);
    }
  }

  /** The same on a Spark that other runs use before and after. */
  JobResult execute(RunRecord run, Optional<Interval> interval, SparkDriver spark) {
    LeaseKeeper lease = takeLease(run);
    RunScope scope = new RunScope(settings, pipeline, database, run, lease, spark);
    try (Interrupt interrupt = Interrupt.guard(scope)) {
      Share share = new Share(scope, interval, interrupt);
      try {
        return share.execute();
      } catch (Exception | Error e) {
        interrupt.failed(e);
        throw e;
      } finally {
        share.attempt.ifPresent(Attempt::closeSession);
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

  /**
   * Where a job begins.
   *
   * @param joined the attempt that it goes on with; empty when it begins one
   * @param before what earlier jobs have done
   * @param instead whether it takes the place of an attempt in which this job did something else
   */
  private record Start(
      Optional<Attempt> joined, List<StepRecord> before, Plan plan, boolean instead) {}

  /** What is left to do when the lease is held. */
  private final class Share {
    private final RunScope scope;
    private final Optional<Interval> interval;
    private final Interrupt interrupt;
    private final boolean keyed = arguments.runKey().isPresent();
    private final boolean publishes = !keyed || phases.contains(Phase.QUALITY);
    private final Serving serving;
    private List<Problem> warnings = List.of();
    private Optional<Attempt> attempt = Optional.empty();

    Share(RunScope scope, Optional<Interval> interval, Interrupt interrupt) {
      this.scope = scope;
      this.interval = interval;
      this.interrupt = interrupt;
      this.serving = new Serving(scope, plugins.server());
    }

    JobResult execute() {
      if (isPublished() && keyed) {
        return serveOrNothing();
      }
      Start start = start();
      Plan plan = start.plan();
      boolean gateWaits = publishes && (start.joined().isPresent() || !start.before().isEmpty());
      if (plan.isEmpty() && !gateWaits && !start.instead()) {
        requirePublished();
        return serveOrNothing();
      }
      runs.start(scope.run());
      Attempt attempt = start.joined().orElseGet(() -> Attempt.open(scope, plan, start.before()));
      interrupt.works(attempt);
      this.attempt = Optional.of(attempt);
      Optional<AfpException> failure =
          new TableFilling(attempt, plan, arguments.threads, plugins.observers()).run();
      warnings = List.copyOf(attempt.warnings());
      if (failure.isPresent()) {
        return publishPart(attempt, failure.get());
      }
      if (!publishes) {
        scope.lease().handOver();
        return result("handed_over", Optional.empty());
      }
      long release = publish(attempt, Attempt::publish);
      return finish(Optional.of(release));
    }

    /** Goes on with the attempt that the job before has left, if it can. */
    private Start start() {
      Optional<Attempt> left =
          scope.lease().handedOver()
              ? Attempt.join(scope).filter(this::hasNothingLater)
              : Optional.empty();
      List<StepRecord> before = left.map(Attempt::filled).orElseGet(this::inherited);
      Plan plan = plan(before);
      if (left.isEmpty() || left.filter(attempt -> isOfPlan(attempt, plan)).isPresent()) {
        return new Start(left, before, plan, false);
      }
      List<StepRecord> inherited = inherited();
      return new Start(Optional.empty(), inherited, plan(inherited), true);
    }

    /** Whether this job would do now what it has done in the attempt, if it was there before. */
    private boolean isOfPlan(Attempt attempt, Plan plan) {
      Map<TableName, String> wanted =
          plan.steps().stream().collect(Collectors.toMap(Plan.Step::name, Plan.Step::fingerprint));
      return attempt.filled().stream()
          .filter(step -> phases.contains(Phase.of(step.phase())))
          .allMatch(step -> step.fingerprint().equals(wanted.get(step.table())));
    }

    /** Some tables failed; the others are published where that was asked for. */
    private JobResult publishPart(Attempt attempt, AfpException failure) {
      if (!publishes || !arguments.publishPartial || attempt.filled().isEmpty()) {
        throw failure;
      }
      log.error("{}", failure.getMessage(), failure);
      List<Pointer> left = attempt.takeBackUnfinished();
      long release = publish(attempt, Attempt::publishPart);
      if (phases.contains(Phase.SERVE)) {
        serving.serve(serving.pending());
      }
      attempt.deleteTakenBack(left);
      runs.fail(scope.runId(), failure.code().code(), failure.reason());
      return new JobResult(
          failure.exitCode(),
          "published_in_part",
          Optional.of(scope.runId()),
          Optional.of(release),
          failure.problems());
    }

    private boolean isPublished() {
      return runs.find(scope.runId()).filter(RunRecord::isPublished).isPresent();
    }

    private boolean isEarlier(StepRecord step) {
      return Phase.of(step.phase()).compareTo(Collections.min(phases)) < 0;
    }

    /**
     * What later jobs have made of this job's tables would be old when this job writes them again.
     */
    private boolean hasNothingLater(Attempt attempt) {
      return attempt.filled().stream()
          .allMatch(step -> Phase.of(step.phase()).compareTo(Collections.max(phases)) <= 0);
    }

    /** What earlier jobs of the run have done, when their attempt has failed since. */
    private List<StepRecord> inherited() {
      return keyed ? Attempt.left(scope).stream().filter(this::isEarlier).toList() : List.of();
    }

    private Plan plan(List<StepRecord> before) {
      List<Stage> stages =
          plugins.stages().stream().filter(s -> phases.contains(s.phase())).toList();
      Map<TableName, Set<String>> written = new HashMap<>();
      for (StepRecord step : before) {
        written.computeIfAbsent(step.table(), t -> new HashSet<>()).addAll(step.units());
      }
      return new Planner(project(), pipeline, stages, database, scope.spark().hadoop())
          .plan(wish(), written);
    }

    /** What the run has published is not done again. */
    private Planner.Wish wish() {
      boolean again = !isPublished();
      return new Planner.Wish(
          interval,
          arguments.restate && again,
          arguments.fullRefresh && again,
          arguments.selection());
    }

    private Project project() {
      return new Project(settings.root());
    }

    /** A job that only serves has nothing to serve before the run has published. */
    private void requirePublished() {
      boolean waits = !Attempt.left(scope).isEmpty();
      if (keyed && waits && phases.equals(Set.of(Phase.SERVE))) {
        throw new AfpException(
            ErrorCode.NO_OPEN_RUN,
            "Cannot serve: the run has not published yet (run=%s)".formatted(scope.runId()),
            "Run the jobs in order with the same --run-key: ingestion, transform, quality, serving.");
      }
    }

    private long publish(Attempt attempt, ToLongFunction<Attempt> how) {
      new Gate(attempt, pipeline, plugins.judges()).pass();
      scope.lease().require();
      progress.info("publish");
      long release = how.applyAsLong(attempt);
      interrupt.published();
      log.info("Release {} is published", release);
      return release;
    }

    private JobResult serveOrNothing() {
      List<TableDef> pending = phases.contains(Phase.SERVE) ? serving.pending() : List.of();
      boolean known = runs.find(scope.runId()).isPresent();
      if (pending.isEmpty()) {
        if (known) {
          leave();
        }
        return result("nothing_to_do", Optional.empty());
      }
      runs.start(scope.run());
      return finish(Optional.empty());
    }

    private void leave() {
      if (isPublished() || !keyed) {
        end();
      } else if (scope.lease().handedOver()) {
        scope.lease().handOver();
      }
    }

    private JobResult finish(Optional<Long> release) {
      if (phases.contains(Phase.SERVE)) {
        serving.serve(serving.pending());
      }
      end();
      return result(release.isPresent() ? "published" : "served", release);
    }

    private void end() {
      boolean more = keyed && !phases.contains(Phase.SERVE) && !serving.pending().isEmpty();
      if (more) {
        scope.lease().handOver();
      } else {
        runs.succeed(scope.runId());
      }
    }

    private JobResult result(String outcome, Optional<Long> release) {
      int code = outcome.equals("nothing_to_do") ? arguments.skipCode : 0;
      return new JobResult(code, outcome, Optional.of(scope.runId()), release, warnings);
    }
  }
}
