package io.afp.core.lake;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.afp.core.definition.ColumnType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;

/** What Spark's cast of a typed value accepts although it loses a part of it. */
final class Looseness {

  private Looseness() {}

  /**
   * Whether the cast of a typed value lost a part of it: cast back it is another one. A fraction is
   * the nearest one, as it is for a text.
   *
   * @param from the type of the given value
   */
  static Column of(ColumnType type, DataType from, Column given, Column value) {
    return switch (type.kind()) {
      case FLOAT, DOUBLE -> tooLarge(given.cast("string"), value);
      case STRING -> lit(false);
      default -> not(value.cast(from).eqNullSafe(given));
    };
  }

  private static Column tooLarge(Column text, Column value) {
    Column infinite = value.isin(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    return infinite.and(not(text.rlike("(?i)inf")));
  }
}
