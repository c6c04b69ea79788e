package io.afp.core.lake;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.BinaryArithmetic;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/**
 * Compares decimals as whole numbers of their last digit, where 18 digits are enough for all of
 * them. Spark makes two big numbers for each comparison with one that it parsed or computed, which
 * took half of the time of a pass that measures twenty checks.
 */
final class WholeDecimals {

  private WholeDecimals() {}

  /**
   * A decimal as a whole number.
   *
   * @param value of type long
   * @param digits it has at most
   * @param scale how many of them are behind the point
   */
  private record Whole(Expression value, int digits, int scale) {

    private Whole at(int larger) {
      int more = larger - scale;
      Expression times = Literal.create(BigInteger.TEN.pow(more).longValue(), DataTypes.LongType);
      return more == 0
          ? this
          : new Whole(new Multiply(value, times, EvalMode.LEGACY()), digits + more, larger);
    }
  }

  /**
   * The same comparison, whose columns are bound; what is no comparison of decimals is as it was.
   */
  static Expression compared(Expression expression) {
    return expression instanceof BinaryComparison || expression instanceof In
        ? compared(expression, Parts.of(expression))
        : expression;
  }

  private static Expression compared(Expression comparison, List<Expression> sides) {
    List<Whole> wholes = sides.stream().flatMap(side -> whole(side).stream()).toList();
    boolean all = wholes.size() == sides.size();
    boolean alike = wholes.stream().mapToInt(Whole::scale).distinct().count() == 1;
    return all && alike
        ? Parts.with(comparison, wholes.stream().map(Whole::value).toList())
        : comparison;
  }

  /** A decimal as a whole number; empty where it may have too many digits, or is rounded. */
  private static Optional<Whole> whole(Expression expression) {
    return expression.dataType() instanceof DecimalType type
        ? whole(expression, type).filter(whole -> fits(whole, type))
        : Optional.empty();
  }

  private static boolean fits(Whole whole, DecimalType type) {
    int most = Math.min(Decimal.MAX_LONG_DIGITS(), type.precision());
    return whole.digits() <= most && whole.scale() == type.scale();
  }

  private static Optional<Whole> whole(Expression expression, DecimalType type) {
    if (expression instanceof BoundReference) {
      return Optional.of(new Whole(new UnscaledValue(expression), type.precision(), type.scale()));
    }
    if (expression instanceof Literal literal) {
      return Optional.ofNullable((Decimal) literal.value()).map(value -> whole(value, type));
    }
    if (expression instanceof Cast cast) {
      return whole(cast.child())
          .filter(value -> value.scale() <= type.scale())
          .map(value -> value.at(type.scale()));
    }
    return expression instanceof BinaryArithmetic arithmetic
        ? computed(arithmetic)
        : Optional.empty();
  }

  private static Whole whole(Decimal value, DecimalType type) {
    BigDecimal scaled = value.toJavaBigDecimal().setScale(type.scale());
    Expression number = Literal.create(scaled.unscaledValue().longValue(), DataTypes.LongType);
    return new Whole(number, scaled.precision(), type.scale());
  }

  private static Optional<Whole> computed(BinaryArithmetic arithmetic) {
    return whole(arithmetic.left())
        .flatMap(
            left -> whole(arithmetic.right()).flatMap(right -> computed(arithmetic, left, right)));
  }

  private static Optional<Whole> computed(BinaryArithmetic arithmetic, Whole left, Whole right) {
    if (arithmetic instanceof Multiply) {
      Expression product = new Multiply(left.value(), right.value(), EvalMode.LEGACY());
      return Optional.of(
          new Whole(product, left.digits() + right.digits(), left.scale() + right.scale()));
    }
    int scale = Math.max(left.scale(), right.scale());
    return sum(arithmetic, left.at(scale), right.at(scale));
  }

  private static Optional<Whole> sum(BinaryArithmetic arithmetic, Whole left, Whole right) {
    int digits = Math.max(left.digits(), right.digits()) + 1;
    if (arithmetic instanceof Add) {
      Expression sum = new Add(left.value(), right.value(), EvalMode.LEGACY());
      return Optional.of(new Whole(sum, digits, left.scale()));
    }
    if (arithmetic instanceof Subtract) {
      Expression rest = new Subtract(left.value(), right.value(), EvalMode.LEGACY());
      return Optional.of(new Whole(rest, digits, left.scale()));
    }
    return Optional.empty();
  }
}
