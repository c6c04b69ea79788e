package io.afp.transform;

import io.afp.core.lake.WholePlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** What Spark's plans are made of, in Java's terms. */
final class Plans {

  private Plans() {}

  static <T> List<T> list(Seq<T> parts) {
    return JavaConverters.seqAsJavaList(parts);
  }

  /** The columns that a plan gives. */
  static Set<ExprId> columns(LogicalPlan plan) {
    Set<ExprId> columns = new LinkedHashSet<>();
    list(plan.output()).forEach(column -> columns.add(column.exprId()));
    return columns;
  }

  /** The columns that an expression is made of. */
  static Set<ExprId> columns(Expression expression) {
    Set<ExprId> columns = new HashSet<>();
    for (Attribute column : JavaConverters.asJavaIterable(expression.references())) {
      columns.add(column.exprId());
    }
    return columns;
  }

  /** The columns of one plan at the places that wanted ones have in another. */
  static Set<ExprId> samePlaces(LogicalPlan plan, Set<ExprId> wanted, LogicalPlan other) {
    List<Attribute> from = list(plan.output());
    List<Attribute> to = list(other.output());
    Set<ExprId> columns = new HashSet<>();
    for (int i = 0; i < from.size(); i++) {
      if (wanted.contains(from.get(i).exprId())) {
        columns.add(to.get(i).exprId());
      }
    }
    return columns;
  }

  /** The queries of all WITH clauses, by Spark's numbers. */
  static Map<Long, LogicalPlan> ctes(LogicalPlan plan) {
    Map<Long, LogicalPlan> ctes = new HashMap<>();
    WholePlan.of(plan)
        .filter(CTERelationDef.class::isInstance)
        .map(CTERelationDef.class::cast)
        .forEach(cte -> ctes.put(cte.id(), cte.child()));
    return ctes;
  }
}
