package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.catalog.Pointer;
import io.afp.core.catalog.Publisher;
import io.afp.core.catalog.Takeover;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.FileReach;
import io.afp.core.ledger.AttemptRecord;
import io.afp.core.ledger.DoneUnits;
import io.afp.core.ledger.Runs;
import io.afp.core.ledger.StepRecord;
import io.afp.core.ledger.Steps;
import io.afp.core.logging.RunLog;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of a run, on a branch of its own. */
final class Attempt {

  private static final Logger log = LoggerFactory.getLogger(Attempt.class);

  private final RunScope scope;
  private final AttemptRecord record;
  private final Branches branches;
  private final Steps steps;
  private SparkSession session;

  private Attempt(RunScope scope, AttemptRecord record) {
    this.scope = scope;
    this.record = record;
    this.branches = new Branches(scope.database());
    this.steps = new Steps(scope.database(), record);
    RunLog.attempt(record.number());
  }

  /**
   * The attempt that the previous job of this run has left to this one; empty when there is none to
   * go on with.
   */
  static Optional<Attempt> join(RunScope scope) {
    Branches branches = new Branches(scope.database());
    return new Runs(scope.database())
        .attempts(scope.runId()).stream()
            .findFirst()
            .filter(a -> branches.state(a.branch()).filter("open"::equals).isPresent())
            .map(a -> new Attempt(scope, a));
  }

  /**
   * Starts a new attempt: fences what earlier ones left, branches from main, takes over the steps
   * that they finished and that the plan would do again in the same way, and discards their
   * branches.
   */
  static Attempt open(RunScope scope, Plan plan) {
    Runs runs = new Runs(scope.database());
    Branches branches = new Branches(scope.database());
    List<AttemptRecord> earlier = runs.attempts(scope.runId());
    List<String> left = runs.leftBranches(scope.pipeline().name());
    left.forEach(branches::fence);
    AttemptRecord record = runs.newAttempt(scope.runId());
    branches.create(record.branch());
    Attempt attempt = new Attempt(scope, record);
    earlier.stream()
        .filter(a -> left.contains(a.branch()))
        .findFirst()
        .ifPresent(from -> attempt.takeOver(from, plan));
    left.forEach(attempt::discard);
    return attempt;
  }

  private void takeOver(AttemptRecord from, Plan plan) {
    Takeover takeover = new Takeover(scope.database());
    Set<TableName> planned = plan.steps().stream().map(Plan.Step::name).collect(Collectors.toSet());
    Set<TableName> taken = new HashSet<>();
    List<StepRecord> finished = new Steps(scope.database(), from).finished();
    for (Plan.Step step : plan.steps()) {
      boolean upstreamTaken =
          step.inputs().tables().stream().allMatch(t -> taken.contains(t) || !planned.contains(t));
      Optional<StepRecord> same =
          finished.stream()
              .filter(s -> s.table().equals(step.name()))
              .filter(s -> s.fingerprint().equals(step.fingerprint()))
              .findFirst();
      if (upstreamTaken
          && same.isPresent()
          && takeover.carryOver(
              from.branch(), record.branch(), same.get().wrote(), same.get().read())) {
        steps.takeOver(from, same.get());
        taken.add(step.name());
        log.info("{} is taken over from attempt {}", step.name(), from.number());
      }
    }
  }

  private void discard(String branch) {
    List<Pointer> changed = branches.discard(branch);
    if (!changed.isEmpty()) {
      int files = new FileReach(scope.spark().hadoop()).delete(changed, branches.reachable());
      log.info("Branch {} is discarded with {} files", branch, files);
    }
  }

  AttemptRecord record() {
    return record;
  }

  Steps steps() {
    return steps;
  }

  Branches branches() {
    return branches;
  }

  RunScope scope() {
    return scope;
  }

  /** The session on the branch. */
  synchronized SparkSession session() {
    if (session == null) {
      session = scope.lakeSession().onBranch(scope.spark().session(), record.branch());
    }
    RunLog.context().forEach(session.sparkContext()::setLocalProperty);
    SparkSession.setActiveSession(session);
    return session;
  }

  /** The steps that have filled tables. */
  List<StepRecord> filled() {
    return steps.finished().stream().filter(s -> !s.wrote().isEmpty()).toList();
  }

  /**
   * Publishes what the attempt wrote.
   *
   * @return the number of the release
   */
  long publish() {
    List<Pointer> changed = branches.changed(record.branch());
    readBack(changed);
    return new Publisher(scope.database())
        .publish(
            record.branch(),
            scope.lease().lease(),
            changed.stream().map(Pointer::metadataLocation).collect(Collectors.toSet()),
            (transaction, release) ->
                DoneUnits.publish(transaction, record, scope.pipeline().name(), release));
  }

  private void readBack(List<Pointer> changed) {
    try {
      new FileReach(scope.spark().hadoop()).open(changed);
    } catch (AfpException e) {
      throw e;
    } catch (Exception e) {
      throw new AfpException(
          ErrorCode.METADATA_UNREADABLE,
          "Cannot publish: metadata of the branch can't be read back (%s)"
              .formatted(e.getMessage()),
          "Run again; if it stays, look for something that deletes files of the warehouse.",
          e);
    }
  }

  /** Stops all commits to the branch; the next attempt takes over what is finished. */
  void fence() {
    branches.fence(record.branch());
  }

  /** Leaves nothing of the attempt behind. */
  void discard() {
    branches.fence(record.branch());
    discard(record.branch());
  }
}
