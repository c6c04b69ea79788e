package io.afp.transform;

import static io.afp.transform.Plans.columns;
import static io.afp.transform.Plans.list;
import static io.afp.transform.Plans.samePlaces;

import io.afp.core.definition.Interval;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SessionWindow;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.ResolvedHint;
import org.apache.spark.sql.catalyst.plans.logical.SetOperation;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;

/**
 * Finds out whether a query that is asked for several intervals at once gives the rows that it
 * gives for each of them by itself.
 *
 * <p>It does when all rows that it puts together are of one interval. So the columns that the
 * interval column is made of, here called the time of a row, are followed from the top of the plan
 * down to the tables, and each step has to keep them together. What is not understood is in the
 * way.
 */
final class Separable {

  /** The obstacle of a query that does not only ask for the rows of the interval. */
  static final String MISUSED =
      "it does more with the ends of the interval than to ask whether its interval column lies between them";

  private final Map<Long, LogicalPlan> ctes;
  private final IntervalEnds ends;

  private Separable(LogicalPlan plan, Interval.Bounds bounds) {
    this.ctes = Plans.ctes(plan);
    this.ends = new IntervalEnds(bounds, ctes);
  }

  /**
   * Why a query has to be asked for one interval at a time; empty when one query does for all.
   *
   * @param plan resolved, for a range of intervals
   * @param column the interval column
   * @param range the intervals that are asked for
   * @param bounds its ends, in the type of the column
   */
  static Optional<String> obstacle(
      LogicalPlan plan, String column, Interval range, Interval.Bounds bounds) {
    Set<ExprId> time = new HashSet<>();
    for (Attribute output : list(plan.output())) {
      if (output.name().equalsIgnoreCase(column)) {
        time.add(output.exprId());
      }
    }
    return new Separable(plan, bounds).obstacle(plan, IntervalTime.of(time, range.calendar()));
  }

  private Optional<String> obstacle(LogicalPlan plan, IntervalTime time) {
    if (time.columns().isEmpty()) {
      return Optional.of("its interval column is not made of columns of its tables");
    }
    if (!boundsOnly(plan, time)) {
      return Optional.of(MISUSED);
    }
    if (hasSessions(plan)) {
      return Optional.of("a session may reach over the end of an interval");
    }
    if (plan instanceof Join join) {
      return ofJoin(join, time);
    }
    if (plan instanceof Union || plan instanceof SetOperation) {
      return ofAll(plan, time);
    }
    return list(plan.children()).size() == 1
        ? ofOne(plan, list(plan.children()).get(0), time)
        : ofNamed(plan, time);
  }

  /** Spark joins sessions when it makes the rows; the plan has nothing but their start. */
  private static boolean hasSessions(LogicalPlan plan) {
    return list(plan.expressions()).stream()
        .anyMatch(
            e -> e instanceof NamedExpression n && n.metadata().contains(SessionWindow.marker()));
  }

  private boolean boundsOnly(LogicalPlan plan, IntervalTime time) {
    return plan instanceof Filter filter
        ? ends.onlyBound(filter.condition(), time)
        : list(plan.expressions()).stream().noneMatch(ends::areIn);
  }

  /** A table, or a query of a WITH clause. */
  private Optional<String> ofNamed(LogicalPlan plan, IntervalTime time) {
    if (plan instanceof WithCTE with) {
      return obstacle(with.plan(), time);
    }
    if (plan instanceof CTERelationRef reference) {
      LogicalPlan cte = ctes.get(reference.cteId());
      return obstacle(cte, time.at(samePlaces(reference, time.columns(), cte)));
    }
    return list(plan.children()).isEmpty() ? Optional.empty() : unknown(plan);
  }

  private Optional<String> ofOne(LogicalPlan plan, LogicalPlan child, IntervalTime time) {
    if (plan instanceof Project project) {
      return obstacle(child, time.below(project.projectList()));
    }
    if (plan instanceof Aggregate aggregate) {
      return ofAggregate(aggregate, time);
    }
    if (plan instanceof Window window) {
      return ofGroups("a window", list(window.partitionSpec()), child, time);
    }
    if (plan instanceof Deduplicate rows) {
      return ofGroups("a deduplication", list(rows.keys()), child, time);
    }
    return keepsRows(plan) && columns(child).containsAll(time.columns())
        ? obstacle(child, time)
        : unknown(plan);
  }

  private static boolean keepsRows(LogicalPlan plan) {
    return plan instanceof Filter
        || plan instanceof Distinct
        || plan instanceof Generate
        || plan instanceof Sort
        || plan instanceof SubqueryAlias
        || plan instanceof View
        || plan instanceof ResolvedHint
        || plan instanceof RepartitionOperation;
  }

  private static Optional<String> unknown(LogicalPlan plan) {
    return Optional.of("%s may mix its intervals".formatted(plan.nodeName()));
  }

  private Optional<String> ofAggregate(Aggregate aggregate, IntervalTime time) {
    for (NamedExpression output : list(aggregate.aggregateExpressions())) {
      if (time.columns().contains(output.exprId()) && isAggregated((Expression) output)) {
        return Optional.of("an aggregate is not grouped by its interval column");
      }
    }
    return obstacle(aggregate.child(), time.below(aggregate.aggregateExpressions()));
  }

  private static boolean isAggregated(Expression expression) {
    return expression instanceof AggregateExpression
        || list(expression.children()).stream().anyMatch(Separable::isAggregated);
  }

  private Optional<String> ofGroups(
      String what, List<? extends Expression> by, LogicalPlan child, IntervalTime time) {
    Set<ExprId> columns = new HashSet<>();
    by.stream().filter(Attribute.class::isInstance).forEach(one -> columns.addAll(columns(one)));
    return columns.containsAll(time.columns())
        ? obstacle(child, time)
        : Optional.of(what + " is not divided by its interval column");
  }

  private Optional<String> ofAll(LogicalPlan plan, IntervalTime time) {
    return list(plan.children()).stream()
        .flatMap(
            child -> obstacle(child, time.at(samePlaces(plan, time.columns(), child))).stream())
        .findFirst();
  }

  private Optional<String> ofJoin(Join join, IntervalTime time) {
    String type = join.joinType().sql();
    if (columns(join.left()).containsAll(time.columns()) && !type.matches("(RIGHT|FULL).*")) {
      return ofSides(join, join.left(), join.right(), time);
    }
    if (columns(join.right()).containsAll(time.columns()) && type.matches("INNER|CROSS|RIGHT.*")) {
      return ofSides(join, join.right(), join.left(), time);
    }
    return Optional.of("a join leaves rows without its interval column");
  }

  /** What is joined to a row may be of its time, or know nothing of the interval. */
  private Optional<String> ofSides(
      Join join, LogicalPlan side, LogicalPlan other, IntervalTime time) {
    Optional<String> ofOther = Optional.empty();
    if (ends.areIn(other)) {
      Set<ExprId> same = new EqualColumns(join).to(time.columns(), columns(other));
      ofOther =
          same.isEmpty()
              ? Optional.of("a join has an interval on both sides, and not the same")
              : obstacle(other, time.at(same));
    }
    return ofOther.or(() -> obstacle(side, time));
  }
}
