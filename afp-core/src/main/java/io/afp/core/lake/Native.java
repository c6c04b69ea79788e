package io.afp.core.lake;

import io.afp.core.definition.ColumnType;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.ObjectType;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Nil$;

/**
 * Calls of our own code from the code that Spark generates. They are expressions of Catalyst, as
 * Spark's own functions are, so that a projection stays one piece of generated code; a UDF would
 * convert each value, and break the piece.
 */
final class Native {

  private Native() {}

  /**
   * The result of a method for each value of a column; null of null.
   *
   * @param target a serializable object of a public class; plans show it by its {@code toString}
   * @param method a public method that takes the value as Spark holds it inside, and gives one or
   *     null
   */
  static Column call(Object target, String method, Column argument, DataType type) {
    Seq<Expression> arguments = seq(List.of(argument.expr()));
    return new Column(
        new Invoke(object(target), method, type, arguments, none(), true, true, true));
  }

  /** The same of a method that changes its object: it is called in its place, once for each row. */
  static Column run(Object target, String method, List<Column> arguments, DataType type) {
    List<Expression> given = arguments.stream().map(Column::expr).toList();
    return new Column(
        new Invoke(object(target), method, type, seq(given), none(), true, false, false));
  }

  private static Expression object(Object target) {
    return Literal.fromObject(target, new ObjectType(target.getClass()));
  }

  /** The value in a type; null where it has no place there. */
  static Column tryCast(Column value, ColumnType type) {
    DataType to = DataType.fromDDL(type.sql());
    return new Column(new Cast(value.expr(), to, Option.empty(), EvalMode.TRY()));
  }

  private static Seq<Expression> seq(List<Expression> arguments) {
    return JavaConverters.asScalaBuffer(arguments).toList();
  }

  @SuppressWarnings("unchecked") // an empty list is one of anything
  private static <T> Seq<T> none() {
    return (Seq<T>) (Object) Nil$.MODULE$;
  }
}
