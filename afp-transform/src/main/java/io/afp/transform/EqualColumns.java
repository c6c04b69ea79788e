package io.afp.transform;

import static io.afp.transform.Plans.list;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Join;

/** Columns that are equal in the rows that a join puts together. */
final class EqualColumns {

  private final Map<ExprId, ExprId> pairs = new HashMap<>();

  EqualColumns(Join join) {
    if (join.condition().isDefined()) {
      collect(join.condition().get());
    }
  }

  private void collect(Expression condition) {
    if (condition instanceof And) {
      list(condition.children()).forEach(this::collect);
    }
    if (condition instanceof EqualTo equal
        && equal.left() instanceof Attribute left
        && equal.right() instanceof Attribute right) {
      pairs.put(left.exprId(), right.exprId());
      pairs.put(right.exprId(), left.exprId());
    }
  }

  /** For each of some columns one of the others that is equal; empty when one has none. */
  Set<ExprId> to(Set<ExprId> columns, Set<ExprId> others) {
    Set<ExprId> equal = new HashSet<>();
    columns.forEach(column -> equal.add(pairs.get(column)));
    return others.containsAll(equal) ? equal : Set.of();
  }
}
