package io.afp.transform;

import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problems;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NamedParameter;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.collection.JavaConverters;

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
    parameters.collect(plan);
    parameters.problems.throwIfErrors();
  }

  /**
   * Whether all parameters stand in the conditions of WHERE. From elsewhere, as from VALUES, Spark
   * may have computed them away when the plan is resolved.
   */
  static boolean areInFiltersOnly(LogicalPlan plan) {
    boolean here =
        plan instanceof Filter
            || JavaConverters.seqAsJavaList(plan.expressions()).stream()
                .flatMap(e -> JavaConverters.seqAsJavaList(e.collectLeaves()).stream())
                .noneMatch(NamedParameter.class::isInstance);
    return here
        && Stream.of(plan.children(), plan.subqueries())
            .flatMap(plans -> JavaConverters.seqAsJavaList(plans).stream())
            .allMatch(Parameters::areInFiltersOnly)
        && (!(plan instanceof UnresolvedWith with)
            || JavaConverters.seqAsJavaList(with.cteRelations()).stream()
                .allMatch(cte -> areInFiltersOnly(cte._2())));
  }

  private void collect(LogicalPlan plan) {
    if (plan instanceof UnresolvedWith with) {
      JavaConverters.seqAsJavaList(with.cteRelations()).forEach(cte -> collect(cte._2()));
    }
    for (Expression expression : JavaConverters.seqAsJavaList(plan.expressions())) {
      JavaConverters.seqAsJavaList(expression.collectLeaves()).forEach(this::check);
    }
    JavaConverters.seqAsJavaList(plan.children()).forEach(this::collect);
    JavaConverters.seqAsJavaList(plan.subqueries()).forEach(this::collect);
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
