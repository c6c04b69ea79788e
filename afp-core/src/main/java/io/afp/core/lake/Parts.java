package io.afp.core.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.collection.JavaConverters;

/** The parts of expressions of Spark. */
final class Parts {

  private Parts() {}

  static List<Expression> of(Expression expression) {
    return JavaConverters.seqAsJavaList(expression.children());
  }

  static Expression with(Expression expression, List<Expression> parts) {
    return expression.withNewChildren(JavaConverters.asScalaBuffer(parts).toIndexedSeq());
  }

  /** The expression, each of whose parts, and itself at last, was replaced. */
  static Expression replaced(Expression expression, UnaryOperator<Expression> by) {
    List<Expression> parts = new ArrayList<>(of(expression));
    parts.replaceAll(part -> replaced(part, by));
    return by.apply(with(expression, parts));
  }
}
