package io.afp.core.job;

import io.afp.core.definition.Project;
import io.afp.core.definition.TableName;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.StepRecord;
import io.afp.core.spi.Outside;
import io.afp.core.spi.Stage;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks where a driver's share of a run begins: with what earlier jobs have done, or anew. */
final class StartSearch {

  private final RunScope scope;
  private final RunOrder order;
  private final Plugins plugins;

  StartSearch(RunScope scope, RunOrder order, Plugins plugins) {
    this.scope = scope;
    this.order = order;
    this.plugins = plugins;
  }

  /**
   * Where a job begins.
   *
   * @param joined the attempt that it goes on with; empty when it begins one
   * @param before what earlier jobs have done
   * @param instead whether it takes the place of an attempt in which this job did something else
   */
  record Start(Optional<Attempt> joined, List<StepRecord> before, Plan plan, boolean instead) {

    /** Whether there is nothing to fill, to judge, or to replace. */
    boolean isNothing(RunOrder order) {
      boolean gateWaits = order.publishes() && (joined.isPresent() || !before.isEmpty());
      return plan.isEmpty() && !gateWaits && !instead;
    }
  }

  /** Goes on with the attempt that the job before has left, if it can. */
  Start find() {
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
        .filter(step -> order.phases().contains(Phase.of(step.phase())))
        .allMatch(step -> step.fingerprint().equals(wanted.get(step.table())));
  }

  private boolean isEarlier(StepRecord step) {
    return Phase.of(step.phase()).compareTo(Collections.min(order.phases())) < 0;
  }

  /**
   * What later jobs have made of this job's tables would be old when this job writes them again.
   */
  private boolean hasNothingLater(Attempt attempt) {
    return attempt.filled().stream()
        .allMatch(step -> Phase.of(step.phase()).compareTo(Collections.max(order.phases())) <= 0);
  }

  /** What earlier jobs of the run have done, when their attempt has failed since. */
  private List<StepRecord> inherited() {
    return order.keyed()
        ? Attempt.left(scope).stream().filter(this::isEarlier).toList()
        : List.of();
  }

  private Plan plan(List<StepRecord> before) {
    List<Stage> stages =
        plugins.stages().stream().filter(s -> order.phases().contains(s.phase())).toList();
    if (order.replays()) {
      return new ReplayPlan(
              scope.pipeline(),
              order.arguments().replayed(),
              order.arguments().replayedRows(),
              order.interval(),
              scope.database())
          .plan(stages);
    }
    Map<TableName, Set<String>> written = new HashMap<>();
    for (StepRecord step : before) {
      written.computeIfAbsent(step.table(), t -> new HashSet<>()).addAll(step.units());
    }
    return new Planner(
            new Project(scope.settings().root()),
            scope.pipeline(),
            stages,
            scope.database(),
            Outside.of(scope.spark().hadoop(), scope.settings()))
        .plan(wish(), written);
  }

  /** What the run has published is not done again. */
  private Planner.Wish wish() {
    boolean again = !scope.isPublished();
    return new Planner.Wish(
        order.interval(),
        order.arguments().restate && again,
        order.arguments().fullRefresh && again,
        order.arguments().selection());
  }
}
