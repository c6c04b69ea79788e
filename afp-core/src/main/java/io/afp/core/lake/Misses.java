package io.afp.core.lake;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.Block;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.FalseLiteral$;
import org.apache.spark.sql.catalyst.expressions.codegen.JavaCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Which of a few conditions do not hold for a row, as two bits for each: one where it is null, one
 * where it is false. Most rows obey, so it is zero for most, and nothing has to be counted for
 * them.
 */
final class Misses extends Expression implements Serializable {

  private static final long serialVersionUID = 1L;

  /** So many that their code is a method that the JVM compiles. */
  static final int MOST = 8;

  private static final int BITS = 2;
  private static final int NULL = 1;
  private static final int FALSE = 2;

  private final Seq<Expression> children;

  Misses(Seq<Expression> children) {
    this.children = children;
  }

  static boolean isNull(long misses, int condition) {
    return (misses >>> condition * BITS & NULL) != 0;
  }

  static boolean isFalse(long misses, int condition) {
    return (misses >>> condition * BITS & FALSE) != 0;
  }

  @Override
  public Object eval(InternalRow row) {
    long misses = 0;
    List<Expression> conditions = JavaConverters.seqAsJavaList(children);
    for (int i = 0; i < conditions.size(); i++) {
      Object holds = conditions.get(i).eval(row);
      long missed = holds == null ? NULL : (Boolean) holds ? 0 : FALSE;
      misses |= missed << i * BITS;
    }
    return misses;
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    String misses = code.value().toString();
    Block all = block("long %s = 0L;\n".formatted(misses));
    for (int i = 0; i < children.size(); i++) {
      ExprCode holds = children.apply(i).genCode(context);
      all =
          all.$plus(holds.code())
              .$plus(
                  block(
                      """
                      if (%s) { %2$s |= %3$dL; } else if (!%4$s) { %2$s |= %5$dL; }
                      """
                          .formatted(
                              holds.isNull(),
                              misses,
                              (long) NULL << i * BITS,
                              holds.value(),
                              (long) FALSE << i * BITS)));
    }
    return code.copy(all, FalseLiteral$.MODULE$, code.value());
  }

  private static Block block(String text) {
    return new CodeBlock(
        JavaConverters.asScalaBuffer(List.of(text)).toList(),
        JavaConverters.asScalaBuffer(List.<JavaCode>of()).toList());
  }

  @Override
  public Seq<Expression> children() {
    return children;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> changed) {
    return new Misses(changed);
  }

  @Override
  public DataType dataType() {
    return DataTypes.LongType;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public Object productElement(int n) {
    return children.apply(n);
  }

  @Override
  public int productArity() {
    return children.size();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof Misses;
  }
}
