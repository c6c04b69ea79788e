package io.afp.transform;

import static io.afp.transform.Plans.list;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.Interval;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The ends of an interval where they stand in a resolved plan: as literals. One of the query's own
 * that is the same is taken for one, which is on the safe side.
 */
final class IntervalEnds {

  private final Expression start;
  private final Expression end;
  private final Map<Long, LogicalPlan> ctes;

  /**
   * The ends of an interval.
   *
   * @param ctes the queries of the plan's WITH clauses
   */
  IntervalEnds(Interval.Bounds bounds, Map<Long, LogicalPlan> ctes) {
    this.start = lit(bounds.start()).expr();
    this.end = lit(bounds.end()).expr();
    this.ctes = ctes;
  }

  boolean areIn(LogicalPlan plan) {
    if (plan instanceof CTERelationRef reference) {
      return areIn(ctes.get(reference.cteId()));
    }
    return list(plan.expressions()).stream().anyMatch(this::areIn)
        || list(plan.children()).stream().anyMatch(this::areIn);
  }

  boolean areIn(Expression expression) {
    if (expression instanceof PlanExpression<?> subquery
        && subquery.plan() instanceof LogicalPlan plan
        && areIn(plan)) {
      return true;
    }
    return expression.equals(start)
        || expression.equals(end)
        || list(expression.children()).stream().anyMatch(this::areIn);
  }

  /** Whether a condition has them only to ask whether the time of a row lies between them. */
  boolean onlyBound(Expression condition, IntervalTime time) {
    if (condition instanceof And and) {
      return onlyBound(and.left(), time) && onlyBound(and.right(), time);
    }
    return !areIn(condition) || isLowerBound(condition, time) || isUpperBound(condition, time);
  }

  private boolean isLowerBound(Expression condition, IntervalTime time) {
    return condition instanceof GreaterThanOrEqual from && isBound(from, start, true, time)
        || condition instanceof LessThanOrEqual until && isBound(until, start, false, time);
  }

  private boolean isUpperBound(Expression condition, IntervalTime time) {
    return condition instanceof LessThan until && isBound(until, end, true, time)
        || condition instanceof GreaterThan from && isBound(from, end, false, time);
  }

  private boolean isBound(
      BinaryComparison comparison, Expression bound, boolean onTheRight, IntervalTime time) {
    Expression value = onTheRight ? comparison.left() : comparison.right();
    Expression limit = onTheRight ? comparison.right() : comparison.left();
    return plain(limit).equals(bound) && time.isIn(value);
  }

  private static Expression plain(Expression value) {
    return value instanceof Cast cast ? plain(cast.child()) : value;
  }
}
