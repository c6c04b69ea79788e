package io.afp.core.lake;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import scala.collection.JavaConverters;

/**
 * Decimals that stand in an expression, as whole numbers where these have room. Those that Spark
 * parses are big numbers inside, and with one of them each comparison makes two more; two whole
 * numbers of the same scale are just compared.
 */
final class CompactDecimals {

  private CompactDecimals() {}

  /** The expression with the same values. */
  static Expression in(Expression expression) {
    if (expression instanceof Literal literal
        && literal.value() instanceof Decimal value
        && literal.dataType() instanceof DecimalType type
        && type.precision() <= Decimal.MAX_LONG_DIGITS()) {
      return Literal.create(compact(value, type), type);
    }
    List<Expression> parts = new ArrayList<>(JavaConverters.seqAsJavaList(expression.children()));
    parts.replaceAll(CompactDecimals::in);
    return expression.withNewChildren(JavaConverters.asScalaBuffer(parts).toIndexedSeq());
  }

  private static Decimal compact(Decimal value, DecimalType type) {
    BigDecimal scaled = value.toJavaBigDecimal().setScale(type.scale());
    return Decimal.createUnsafe(
        scaled.unscaledValue().longValueExact(), type.precision(), type.scale());
  }
}
