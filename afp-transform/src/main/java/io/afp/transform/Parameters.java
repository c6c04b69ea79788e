package io.afp.transform;

import static io.afp.transform.Plans.list;

import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problems;
import io.afp.core.lake.WholePlan;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NamedParameter;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Finds the parameters of a query, such as {@code :interval_start}. */
final class Parameters {

  private final TableDef view;
  private final ModelDef.Query query;
  private final Problems problems = new Problems();

  private Parameters(TableDef view, ModelDef.Query query) {
    this.view = view;
    this.query = query;
  }

  /**
   * A view is asked by readers who know of no interval.
   *
   * @throws io.afp.core.error.AfpException with one problem for each parameter
   */
  static void requireNone(TableDef view, ModelDef.Query query, LogicalPlan plan) {
    Parameters parameters = new Parameters(view, query);
    WholePlan.of(plan).flatMap(Parameters::leaves).forEach(parameters::check);
    parameters.problems.throwIfErrors();
  }

  /**
   * Whether all parameters stand in the conditions of WHERE. From elsewhere, as from VALUES, Spark
   * may have computed them away when the plan is resolved.
   */
  static boolean areInFiltersOnly(LogicalPlan plan) {
    return WholePlan.of(plan)
        .filter(part -> !(part instanceof Filter))
        .flatMap(Parameters::leaves)
        .noneMatch(NamedParameter.class::isInstance);
  }

  private static Stream<Expression> leaves(LogicalPlan part) {
    return list(part.expressions()).stream().flatMap(e -> list(e.collectLeaves()).stream());
  }

  private void check(Expression leaf) {
    if (leaf instanceof NamedParameter parameter) {
      problems.error(
          ErrorCode.CONTRADICTION,
          "Cannot make %s a view: its query has a parameter, and a view has no interval (parameter=:%s)"
              .formatted(view.name(), parameter.name()),
          new Location(query.file(), SqlQuery.line(leaf), ""),
          "Take the parameter out of the query, or write another mode.");
    }
  }
}
