package io.afp.core.lake;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * A condition that holds for each row, and measures it.
 *
 * <p>It is evaluated as one call on the row as it is; within, Spark's code for the expressions of
 * all measures is generated at once and divided into methods of a size that the JVM compiles. In
 * the code of a whole stage, which is one method, twenty of them are too many for that.
 */
final class MeasureRow extends Expression implements CodegenFallback, Serializable {

  private static final long serialVersionUID = 1L;

  private final Pass pass;
  private final List<Measure.Kind> kinds;
  private final List<Long> starts;
  private final Seq<Expression> children;
  private transient RowMeter meter;

  /**
   * A condition.
   *
   * @param starts of the units, each of which is measured by itself
   * @param children what is evaluated over a row, one for each kind; then the time that tells the
   *     units, where there are several. One at least has a column, so that there is another object
   *     for each time that the condition is bound to rows
   */
  MeasureRow(Pass pass, List<Measure.Kind> kinds, List<Long> starts, Seq<Expression> children) {
    this.pass = pass;
    this.kinds = List.copyOf(kinds);
    this.starts = List.copyOf(starts);
    this.children = children;
  }

  @Override
  public Object eval(InternalRow row) {
    if (meter == null) {
      List<Expression> all = JavaConverters.seqAsJavaList(children);
      meter = new RowMeter(all, kinds, starts);
      pass.await(meter);
    }
    meter.add(row);
    return true;
  }

  @Override
  public Seq<Expression> children() {
    return children;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> changed) {
    return new MeasureRow(pass, kinds, starts, changed);
  }

  /** So that it is evaluated once for each row, and where it stands. */
  @Override
  public boolean deterministic() {
    return false;
  }

  @Override
  public DataType dataType() {
    return DataTypes.BooleanType;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  /** What plans show. */
  @Override
  public String toString() {
    return "measured(" + kinds.size() + ")";
  }

  @Override
  public Object productElement(int n) {
    return kinds.get(n);
  }

  @Override
  public int productArity() {
    return kinds.size();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof MeasureRow;
  }
}
