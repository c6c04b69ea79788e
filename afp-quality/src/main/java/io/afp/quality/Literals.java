package io.afp.quality;

import io.afp.core.definition.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/**
 * Literals of a check, as values of the type of its column. Spark's cast would make null of a text
 * that is none, or cut it, and the check would judge by something that nobody declared.
 */
final class Literals {

  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
  private static final Pattern FLOATING =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|NaN|[+-]?Infinity");

  private Literals() {}

  /** Whether the text is exactly a value of the type. */
  static boolean isValue(ColumnType type, String text) {
    try {
      return switch (type.kind()) {
        case STRING, BINARY -> true;
        case BOOLEAN -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
        case INT -> WHOLE.matcher(text).matches() && Integer.valueOf(text) != null;
        case LONG -> WHOLE.matcher(text).matches() && Long.valueOf(text) != null;
        case FLOAT, DOUBLE -> FLOATING.matcher(text).matches();
        case DECIMAL -> fits(type, new BigDecimal(text));
        case DATE -> LocalDate.parse(text) != null;
        case TIMESTAMP -> isInstant(text);
        case TIMESTAMP_NTZ -> isLocalTime(text);
      };
    } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
      return false;
    }
  }

  private static boolean fits(ColumnType type, BigDecimal value) {
    return value.setScale(type.scale(), RoundingMode.UNNECESSARY).precision() <= type.precision();
  }

  private static boolean isInstant(String text) {
    return isLocalTime(text) || OffsetDateTime.parse(iso(text)) != null;
  }

  private static boolean isLocalTime(String text) {
    try {
      return text.length() > 10
          ? LocalDateTime.parse(iso(text)) != null
          : LocalDate.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static String iso(String text) {
    return text.replaceFirst(" ", "T");
  }

  /** The literal in SQL. */
  static String sql(ColumnType type, String text) {
    String escaped = text.replace("\\", "\\\\").replace("'", "\\'");
    return "CAST('%s' AS %s)".formatted(escaped, type.sql());
  }
}
