package io.afp.core.definition;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column, by the name that Spark gives it.
 *
 * @param kind the type without its parameters
 * @param precision digits of a decimal, else 0
 * @param scale digits of a decimal behind the point, else 0
 */
public record ColumnType(Kind kind, int precision, int scale) {

  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}), ?(\\d{1,2})\\)");

  /** What a type looks like in a file. */
  static final Pattern WRITTEN =
      Pattern.compile(
          "boolean|int|long|bigint|float|double|string|date|timestamp|timestamp_ntz|binary|"
              + DECIMAL);

  /** The types that Spark, Iceberg and Postgres share. */
  public enum Kind {
    BOOLEAN,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    DECIMAL,
    STRING,
    DATE,
    TIMESTAMP,
    TIMESTAMP_NTZ,
    BINARY
  }

  /**
   * Reads {@code int}, {@code bigint}, {@code decimal(10,2)} and so on; empty when the text is no
   * type.
   */
  public static Optional<ColumnType> parse(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    String name = text.equals("bigint") ? "long" : text;
    return Arrays.stream(Kind.values())
        .filter(k -> k != Kind.DECIMAL && k.name().toLowerCase(Locale.ROOT).equals(name))
        .map(k -> new ColumnType(k, 0, 0))
        .findFirst();
  }

  private static Optional<ColumnType> decimal(int precision, int scale) {
    boolean fits = precision >= 1 && precision <= 38 && scale <= precision;
    return fits ? Optional.of(new ColumnType(Kind.DECIMAL, precision, scale)) : Optional.empty();
  }

  /** Whether a column of this type can be widened to the other one: no value changes by that. */
  public boolean widensTo(ColumnType other) {
    return switch (kind) {
      case INT -> other.kind == Kind.LONG;
      case FLOAT -> other.kind == Kind.DOUBLE;
      case DECIMAL ->
          other.kind == Kind.DECIMAL && other.scale == scale && other.precision > precision;
      default -> false;
    };
  }

  /** Whether its values are numbers. */
  public boolean isNumber() {
    return switch (kind) {
      case INT, LONG, FLOAT, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  /** The name in Spark SQL, such as {@code bigint} or {@code decimal(10,2)}. */
  public String sql() {
    return switch (kind) {
      case LONG -> "bigint";
      case DECIMAL -> "decimal(%d,%d)".formatted(precision, scale);
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }

  @Override
  public String toString() {
    return kind == Kind.LONG ? "long" : sql();
  }
}
