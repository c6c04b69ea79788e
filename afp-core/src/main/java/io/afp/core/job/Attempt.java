package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.catalog.Pointer;
import io.afp.core.catalog.Publisher;
import io.afp.core.catalog.Takeover;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.Count;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.lake.FileReach;
import io.afp.core.lake.LakeSession;
import io.afp.core.lake.OwnFolders;
import io.afp.core.ledger.AttemptRecord;
import io.afp.core.ledger.DoneUnits;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.Runs;
import io.afp.core.ledger.StepRecord;
import io.afp.core.ledger.Steps;
import io.afp.core.logging.RunLog;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of a run, on a branch of its own. */
final class Attempt {

  private static final Logger log = LoggerFactory.getLogger(Attempt.class);
  private static final Set<String> FILLING = Set.of(Phase.INGEST.label(), Phase.TRANSFORM.label());

  private final RunScope scope;
  private final AttemptRecord record;
  private final Branches branches;
  private final Steps steps;
  private final Queue<Problem> warnings = new ConcurrentLinkedQueue<>();
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
   * What an earlier attempt of this run that still has its branch has filled; nothing when there is
   * none.
   */
  static List<StepRecord> left(RunScope scope) {
    return fullest(scope).map(a -> filled(new Steps(scope.database(), a))).orElse(List.of());
  }

  /**
   * The attempt to take over from: the one that has finished most, because a newer one may have
   * been killed before it had taken everything over.
   */
  private static Optional<AttemptRecord> fullest(RunScope scope) {
    Runs runs = new Runs(scope.database());
    List<String> left = runs.leftBranches(scope.pipeline().name());
    return runs.attempts(scope.runId()).stream()
        .filter(a -> left.contains(a.branch()))
        .max(Comparator.comparingInt(a -> filled(new Steps(scope.database(), a)).size()));
  }

  /**
   * Starts a new attempt: fences what earlier ones left, branches from main, takes over the steps
   * that they finished and that the plan would do again in the same way, and discards their
   * branches.
   *
   * @param inherited steps that earlier jobs of the run have done, and that this job can't do again
   * @throws AfpException MAIN_MOVED if they can't be taken over
   */
  static Attempt open(RunScope scope, Plan plan, List<StepRecord> inherited) {
    Runs runs = new Runs(scope.database());
    Branches branches = new Branches(scope.database());
    scope.lease().verify();
    Optional<AttemptRecord> earlier = fullest(scope);
    List<String> left = runs.leftBranches(scope.pipeline().name());
    left.forEach(branches::fence);
    scope.narrator().abandoned(left);
    AttemptRecord record = runs.newAttempt(scope.runId());
    branches.create(record.branch());
    Attempt attempt = new Attempt(scope, record);
    earlier.ifPresent(
        from -> {
          inherited.forEach(step -> attempt.inherit(from, step));
          attempt.plan(plan.steps());
          attempt.takeOver(from, plan);
        });
    left.forEach(attempt::discard);
    return attempt;
  }

  private void inherit(AttemptRecord from, StepRecord step) {
    if (!carryOver(from, step)) {
      discard();
      throw new AfpException(
          ErrorCode.MAIN_MOVED,
          "Cannot go on with the run: another writer changed a table that an earlier job of it read or wrote (table=%s)"
              .formatted(step.table()),
          "Run all jobs of the run again, from the first, with the same --run-key.");
    }
  }

  private boolean carryOver(AttemptRecord from, StepRecord step) {
    boolean done =
        new Takeover(scope.database())
            .carryOver(from.branch(), record.branch(), step.wrote(), step.read());
    if (done) {
      steps.takeOver(from, step);
      log.info("{} is taken over from attempt {}", step.table(), from.number());
    }
    return done;
  }

  /** Gives steps their places; those that have one keep it. */
  void plan(List<Plan.Step> planned) {
    planned.forEach(step -> steps.plan(step.stage().phase(), step.name()));
  }

  private void takeOver(AttemptRecord from, Plan plan) {
    Set<TableName> planned = plan.steps().stream().map(Plan.Step::name).collect(Collectors.toSet());
    Set<TableName> taken = new HashSet<>();
    List<StepRecord> finished = filled(new Steps(scope.database(), from));
    for (Plan.Step step : plan.steps()) {
      boolean upstreamTaken =
          step.inputs().tables().stream().allMatch(t -> taken.contains(t) || !planned.contains(t));
      Optional<StepRecord> same =
          finished.stream()
              .filter(s -> s.table().equals(step.name()))
              .filter(s -> s.fingerprint().equals(step.fingerprint()))
              .findFirst();
      if (upstreamTaken && same.isPresent() && carryOver(from, same.get())) {
        taken.add(step.name());
      }
    }
  }

  private void discard(String branch) {
    Discard gone = Discard.of(branches, branch, scope.spark());
    log.info("Branch {} is discarded with {}", branch, Count.of(gone.files(), "file"));
  }

  AttemptRecord record() {
    return record;
  }

  /** What does not stop the run; steps side by side add to it. */
  Queue<Problem> warnings() {
    return warnings;
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

  /** When it started. */
  Instant startedAt() {
    return record.startedAt();
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

  /** From here on the attempt reads and writes no table. */
  synchronized void closeSession() {
    if (session != null) {
      LakeSession.close(session);
      session = null;
    }
  }

  /** The steps that have filled tables. */
  List<StepRecord> filled() {
    return filled(steps);
  }

  private static List<StepRecord> filled(Steps steps) {
    return steps.finished().stream().filter(step -> FILLING.contains(step.phase())).toList();
  }

  /** Whether there is nothing to publish. */
  boolean hasChangedNothing() {
    return branches.changed(record.branch()).isEmpty();
  }

  /**
   * Publishes what the attempt wrote.
   *
   * @return the number of the release
   */
  long publish() {
    return publish(Runs::published);
  }

  /**
   * Publishes what is on the branch; the run goes on with another attempt.
   *
   * @return the number of the release
   */
  long publishPart() {
    return publish(Runs::publishedInPart);
  }

  /**
   * Takes back what steps that did not finish have left on the branch, so that no check sees it.
   *
   * @return what only they had written
   */
  List<Pointer> takeBackUnfinished() {
    Set<TableName> finished =
        filled().stream().flatMap(step -> step.wrote().stream()).collect(Collectors.toSet());
    return branches.takeBack(record.branch(), finished);
  }

  /** Deletes the files of what was taken back; where that fails a clean will find them. */
  void deleteTakenBack(List<Pointer> left) {
    try {
      new FileReach(scope.spark().files()).delete(left, branches.reachable());
    } catch (RuntimeException e) {
      log.warn("Files of tables that failed are left for `afp clean`", e);
    }
  }

  /** What a publish says of the run. */
  private interface End {
    void record(Handle transaction, AttemptRecord attempt, long release);
  }

  private long publish(End end) {
    List<Pointer> changed = branches.changed(record.branch());
    readBack(changed);
    return new Publisher(scope.database())
        .publish(
            record.branch(),
            scope.lease().lease(),
            changed.stream().map(Pointer::metadataLocation).collect(Collectors.toSet()),
            (transaction, release) -> {
              DoneUnits.publish(transaction, record, scope.pipeline().name(), release);
              end.record(transaction, record, release);
            });
  }

  private void readBack(List<Pointer> changed) {
    try {
      new FileReach(scope.spark().files())
          .open(
              changed,
              new OwnFolders(
                  scope.settings().lake().warehouse(), branches.before(record.branch())));
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

  /** Where the files of tables lie that the branch has. */
  Map<TableName, String> places(Collection<TableName> tables) {
    return scope.narrator().places(Branches.catalogName(record.branch()), tables);
  }

  /** Leaves nothing of the attempt behind. */
  void discard() {
    branches.fence(record.branch());
    discard(record.branch());
  }
}
