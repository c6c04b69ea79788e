package io.afp.core.lake;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;

/**
 * The value of its child, which Spark takes for another one each time. So Spark evaluates nothing
 * that stands above a projection with it below that projection, where the values that are projected
 * would be computed a second time.
 */
final class Held extends UnaryExpression {

  private static final long serialVersionUID = 1L;

  private final Expression child;

  Held(Expression child) {
    this.child = child;
  }

  @Override
  public Expression child() {
    return child;
  }

  @Override
  public Expression withNewChildInternal(Expression changed) {
    return new Held(changed);
  }

  @Override
  public boolean deterministic() {
    return false;
  }

  @Override
  public DataType dataType() {
    return child.dataType();
  }

  @Override
  public boolean nullable() {
    return child.nullable();
  }

  @Override
  public Object eval(InternalRow row) {
    return child.eval(row);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return child.genCode(context);
  }

  @Override
  public Object productElement(int n) {
    return child;
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof Held;
  }
}
