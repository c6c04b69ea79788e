package io.afp.transform;

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
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
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
    collectCtes(plan, ctes);
    return ctes;
  }

  private static void collectCtes(LogicalPlan plan, Map<Long, LogicalPlan> ctes) {
    if (plan instanceof WithCTE with) {
      for (CTERelationDef cte : list(with.cteDefs())) {
        ctes.put(cte.id(), cte.child());
      }
    }
    list(plan.children()).forEach(child -> collectCtes(child, ctes));
    list(plan.subqueries()).forEach(subquery -> collectCtes(subquery, ctes));
  }
}
