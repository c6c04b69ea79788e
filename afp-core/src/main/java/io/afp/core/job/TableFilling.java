package io.afp.core.job;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import io.afp.core.lake.LakeErrors;
import io.afp.core.lake.WriteObserver;
import io.afp.core.ledger.StepRecord;
import io.afp.core.logging.RunLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills the tables of a plan in an attempt, side by side. */
final class TableFilling {

  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);

  private final Attempt attempt;
  private final List<Plan.Step> todo;
  private final int threads;
  private final List<WriteObserver> observers;

  /** What of the plan the attempt has not finished yet. */
  TableFilling(Attempt attempt, Plan plan, int threads, List<WriteObserver> observers) {
    this.attempt = attempt;
    this.threads = threads;
    this.observers = observers;
    Map<TableName, String> finished =
        attempt.filled().stream()
            .collect(Collectors.toMap(StepRecord::table, StepRecord::fingerprint));
    this.todo = plan.steps().stream().filter(step -> !isDone(step, finished)).toList();
  }

  private static boolean isDone(Plan.Step step, Map<TableName, String> finished) {
    String before = finished.get(step.name());
    return before != null && before.equals(step.fingerprint()); // which may read all of its files
  }

  /**
   * Fills what can be filled.
   *
   * @return why some of the tables were not filled; empty when all were
   */
  Optional<AfpException> run() {
    attempt.plan(todo);
    StepGraph.Failed failed =
        new StepGraph(todo, threads).run(step -> new StepRunner(attempt, step, observers).run());
    for (Plan.Step step : failed.skipped()) {
      progress.info("{}: skipped, because it is made of a table that failed", step.name());
      attempt.steps().skip(step.stage().phase(), step.name());
    }
    return failed.isEmpty() ? Optional.empty() : Optional.of(failure(failed));
  }

  /** All problems of all tables; the first failure keeps its cause. */
  private static AfpException failure(StepGraph.Failed failed) {
    List<AfpException> failures =
        failed.failures().entrySet().stream()
            .map(f -> LakeErrors.translate("fill table " + f.getKey(), f.getValue()))
            .toList();
    if (failures.size() == 1) {
      return failures.get(0);
    }
    List<Problem> problems = failures.stream().flatMap(f -> f.problems().stream()).toList();
    AfpException all = AfpException.of(problems);
    failures.forEach(all::addSuppressed);
    return all;
  }
}
