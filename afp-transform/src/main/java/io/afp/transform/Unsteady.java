package io.afp.transform;

import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.lake.WholePlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.CurrentDate;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestampLike;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LocalTimestamp;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AnyValue;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;

/**
 * Finds what makes a query give other rows when it is run again on the same tables: chance, the
 * clock, and what depends on the order in which rows happen to come. Then running twice is not the
 * same as running once, whatever AFP does.
 */
final class Unsteady {

  private final Set<String> functions = new TreeSet<>();

  private Unsteady() {}

  /** A warning that names the functions; empty when there are none. */
  static Optional<Problem> in(TableDef table, Dataset<Row> rows) {
    Unsteady found = new Unsteady();
    WholePlan.of(rows.queryExecution().analyzed())
        .flatMap(plan -> Plans.list(plan.expressions()).stream())
        .forEach(found::collect);
    ModelDef model = table.model().orElseThrow();
    return found.functions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Problem.warning(
                ErrorCode.MODEL_UNSTEADY,
                "Table %s is not the same when it is filled again: %s gives other rows each time (functions=%s)"
                    .formatted(table.name(), model.title(), String.join(", ", found.functions)),
                model.location(),
                "Use columns of the rows, or :interval_end for the clock, and an order without ties"
                    + " such as max_by(x, struct(...)) for first."));
  }

  private void collect(Expression expression) {
    List<Expression> children = children(expression);
    (isOrdered(expression) ? partsOfOrdered(children) : children).forEach(this::collect);
    if (isClock(expression) || isAnyOfMany(expression) || isChance(expression, children)) {
      functions.add(expression.prettyName());
    }
  }

  private static List<Expression> children(Expression expression) {
    return Plans.list(expression.children());
  }

  private static boolean isOrdered(Expression expression) {
    return expression instanceof WindowExpression window
        && window.windowSpec().orderSpec().nonEmpty();
  }

  /** In a window that has an order its first row is the same each time, but for ties. */
  private static List<Expression> partsOfOrdered(List<Expression> window) {
    return window.stream()
        .flatMap(
            part -> part instanceof AggregateExpression ? children(part).stream() : Stream.of(part))
        .flatMap(part -> isAnyOfMany(part) ? children(part).stream() : Stream.of(part))
        .toList();
  }

  private static boolean isClock(Expression expression) {
    return expression instanceof CurrentDate
        || expression instanceof CurrentTimestampLike
        || expression instanceof LocalTimestamp;
  }

  /** Spark calls them deterministic, but which row comes first depends on the tasks. */
  private static boolean isAnyOfMany(Expression expression) {
    return expression instanceof First
        || expression instanceof Last
        || expression instanceof AnyValue;
  }

  /** Not where only something below it is not deterministic, or the plan of a subquery. */
  private static boolean isChance(Expression expression, List<Expression> children) {
    boolean below = expression instanceof PlanExpression;
    for (Expression child : children) {
      below |= !child.deterministic();
    }
    return !expression.deterministic() && !below;
  }
}
