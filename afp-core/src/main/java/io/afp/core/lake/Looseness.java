package io.afp.core.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.afp.core.definition.ColumnType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;

/** What Spark's cast accepts although it loses or adds something. */
final class Looseness {

  private static final String DAY = "^\\s*\\d{4}-\\d{1,2}-\\d{1,2}";
  private static final String DATE = DAY + "\\s*$";
  private static final String TIMESTAMP = DAY + "([ T]|\\s*$)";
  private static final String LOCAL = DAY + "([ T]\\d{1,2}:\\d{1,2}(:\\d{1,2}(\\.\\d*)?)?)?\\s*$";
  private static final String BELOW_MICROSECONDS = "\\.\\d{6}\\d*[1-9]";
  private static final String TYPE_SUFFIX = "(?i)[0-9.][df]\\s*$";

  private Looseness() {}

  /**
   * Whether the cast was loose; null or false where it was not.
   *
   * @param text the text that was cast
   * @param value its value, not null
   */
  static Column of(ColumnType type, Column text, Column value) {
    return switch (type.kind()) {
      case DATE -> not(text.rlike(DATE));
      case TIMESTAMP -> not(text.rlike(TIMESTAMP)).or(text.rlike(BELOW_MICROSECONDS));
      case TIMESTAMP_NTZ -> not(text.rlike(LOCAL)).or(text.rlike(BELOW_MICROSECONDS));
      case FLOAT, DOUBLE -> text.rlike(TYPE_SUFFIX).or(tooLarge(text, value));
      case DECIMAL -> rounded(type, text, value);
      default -> lit(false);
    };
  }

  /**
   * Whether the cast of a typed value lost a part of it: cast back it is another one. A fraction is
   * the nearest one, as it is for a text.
   *
   * @param from the type of the given value
   */
  static Column ofTyped(ColumnType type, DataType from, Column given, Column value) {
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

  /**
   * Plain digits are counted. A text with an exponent is compared with its value in the widest
   * type; where that has no digit more behind the point, its rounding is not seen.
   */
  private static Column rounded(ColumnType type, Column text, Column value) {
    int widest = 38 - (type.precision() - type.scale());
    Column exact = text.rlike("^\\s*[+-]?\\d*\\.?\\d{0,%d}0*\\s*$".formatted(type.scale()));
    Column wide = text.cast("decimal(38,%d)".formatted(widest));
    Column differs = coalesce(wide.notEqual(value), lit(true));
    return not(exact).and(not(text.rlike("[eE]")).or(differs));
  }
}
