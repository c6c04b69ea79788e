package io.afp.core.job;

import io.afp.core.catalog.Pointer;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.job.StartSearch.Start;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.Runs;
import io.afp.core.logging.RunLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one driver does of a run once it holds the lease: it fills the tables of its phases, and
 * publishes, serves or hands over.
 */
final class DriverShare {

  private static final Logger log = LoggerFactory.getLogger(DriverShare.class);
  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);

  private final RunScope scope;
  private final RunOrder order;
  private final Plugins plugins;
  private final Interrupt interrupt;
  private final Runs runs;
  private final Serving serving;
  private final List<Problem> warnings = new ArrayList<>();
  private Optional<Attempt> attempt = Optional.empty();

  DriverShare(RunScope scope, RunOrder order, Plugins plugins, Interrupt interrupt) {
    this.scope = scope;
    this.order = order;
    this.plugins = plugins;
    this.interrupt = interrupt;
    this.runs = new Runs(scope.database());
    this.serving = new Serving(scope, plugins.server());
  }

  JobResult execute() {
    if (scope.isPublished() && (order.keyed() || order.replays())) {
      return serveOrNothing();
    }
    Start start = new StartSearch(scope, order, plugins).find();
    warn(start.plan().warnings());
    if (start.isNothing(order)) {
      requirePublished();
      return serveOrNothing();
    }
    return fill(start);
  }

  private void warn(List<Problem> found) {
    found.forEach(each -> log.warn("{} {}", each.code().code(), each.message()));
    warnings.addAll(found);
  }

  private JobResult fill(Start start) {
    Plan plan = start.plan();
    scope.narrator().start(runs);
    Attempt attempt = start.joined().orElseGet(() -> Attempt.open(scope, plan, start.before()));
    interrupt.works(attempt);
    this.attempt = Optional.of(attempt);
    Optional<AfpException> failure =
        new TableFilling(attempt, plan, order.arguments().threads, plugins.observers()).run();
    warnings.addAll(attempt.warnings());
    if (failure.isPresent()) {
      return publishPart(attempt, failure.get());
    }
    if (order.replays() && attempt.hasChangedNothing()) {
      attempt.discard();
      interrupt.published();
      return serveOrNothing();
    }
    if (!order.publishes()) {
      handOver();
      return result("handed_over", Optional.empty());
    }
    long release = publish(attempt, Attempt::publish);
    return finish(Optional.of(release));
  }

  /** Some tables failed; the others are published where that was asked for. */
  private JobResult publishPart(Attempt attempt, AfpException failure) {
    if (!order.publishes() || !order.arguments().publishPartial || attempt.filled().isEmpty()) {
      throw failure;
    }
    log.error("{}", failure.getMessage(), failure);
    List<Pointer> left = attempt.takeBackUnfinished();
    long release = publish(attempt, Attempt::publishPart);
    if (order.serves()) {
      serving.serve(serving.pending());
    }
    attempt.deleteTakenBack(left);
    runs.fail(scope.runId(), failure.code().code(), failure.reason());
    return new JobResult(
        failure.exitCode(),
        "published_in_part",
        Optional.of(scope.runId()),
        Optional.of(release),
        Stream.concat(failure.problems().stream(), warnings.stream()).toList());
  }

  /** A job that only serves has nothing to serve before the run has published. */
  private void requirePublished() {
    boolean waits = !Attempt.left(scope).isEmpty();
    if (order.keyed() && waits && order.phases().equals(Set.of(Phase.SERVE))) {
      throw new AfpException(
          ErrorCode.NO_OPEN_RUN,
          "Cannot serve: the run has not published yet (run=%s)".formatted(scope.runId()),
          "Run the jobs in order with the same --run-key: ingestion, transform, quality, serving.");
    }
  }

  private long publish(Attempt attempt, ToLongFunction<Attempt> how) {
    gate(attempt).pass();
    scope.lease().require();
    progress.info("publish");
    long release = how.applyAsLong(attempt);
    interrupt.published();
    log.info("Release {} is published", release);
    return release;
  }

  private Gate gate(Attempt attempt) {
    return order.replays()
        ? Gate.ofReplay(attempt, scope.pipeline(), plugins.judges())
        : new Gate(attempt, scope.pipeline(), plugins.judges());
  }

  private JobResult serveOrNothing() {
    List<TableDef> pending = order.serves() ? serving.pending() : List.of();
    boolean known = runs.find(scope.runId()).isPresent();
    if (pending.isEmpty()) {
      if (known) {
        leave();
      }
      return result("nothing_to_do", Optional.empty());
    }
    scope.narrator().start(runs);
    return finish(Optional.empty());
  }

  private void leave() {
    if (scope.isPublished() || !order.keyed()) {
      end();
    } else if (scope.lease().handedOver()) {
      handOver();
    }
  }

  private JobResult finish(Optional<Long> release) {
    if (order.serves()) {
      serving.serve(serving.pending());
    }
    end();
    return result(release.isPresent() ? "published" : "served", release);
  }

  private void end() {
    boolean more = order.keyed() && !order.serves() && !serving.pending().isEmpty();
    if (more) {
      handOver();
    } else {
      runs.succeed(scope.runId());
    }
  }

  private void handOver() {
    scope.lease().handOver();
    scope.narrator().handsOver();
  }

  private JobResult result(String outcome, Optional<Long> release) {
    int code = outcome.equals("nothing_to_do") && !hasDone() ? order.arguments().skipCode : 0;
    return new JobResult(code, outcome, Optional.of(scope.runId()), release, warnings);
  }

  /** A try of a run that an earlier try has finished is no run that had nothing to do. */
  private boolean hasDone() {
    return order.keyed() && scope.isPublished();
  }

  /** Gives up the session of the attempt, if it came to one. */
  void closeSession() {
    attempt.ifPresent(Attempt::closeSession);
  }
}
