package io.afp.core.definition;

import io.afp.core.yaml.Nearest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Literals of a check, as values of the type of its column. Spark's cast would make null of a text
 * that is none, or cut it, and the check would judge by something that nobody declared.
 */
public final class Literals {

  private static final Pattern BOOLEAN = Pattern.compile("(?i)true|false");
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
  private static final Pattern FLOATING =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|NaN|[+-]?Infinity");

  private Literals() {}

  /** Whether the text is exactly a value of the type. */
  public static boolean isValue(ColumnType type, String text) {
    return value(type, text).isPresent();
  }

  /** A text as a number; empty where it is none, such as NaN. */
  public static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * A text as a number.
   *
   * @throws IllegalArgumentException if it is none
   */
  static BigDecimal requireNumber(String text) {
    return number(text)
        .orElseThrow(() -> new IllegalArgumentException("'%s' is no number".formatted(text)));
  }

  /**
   * A value of the type in the form in which {@link io.afp.core.measure.Extremes} has it.
   *
   * @throws IllegalArgumentException if the text is no value
   */
  public static String canonical(ColumnType type, String text) {
    Comparable<?> value = value(type, text).orElseThrow(() -> new IllegalArgumentException(text));
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value instanceof LocalDateTime local
        ? local.toInstant(ZoneOffset.UTC).toString()
        : value.toString();
  }

  /** Whether the first of two values is larger; false where the order is up to the engine. */
  @SuppressWarnings({"rawtypes", "unchecked"}) // values of one type are of one class
  static boolean isDescending(ColumnType type, String first, String second) {
    Optional<Comparable<?>> left = value(type, first);
    Optional<Comparable<?>> right = value(type, second);
    boolean ordered = left.isPresent() && right.isPresent() && !(left.get() instanceof String);
    return ordered && ((Comparable) left.get()).compareTo(right.get()) > 0;
  }

  private static Optional<Comparable<?>> value(ColumnType type, String text) {
    try {
      return Optional.of(parse(type, text));
    } catch (ArithmeticException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Comparable<?> parse(ColumnType type, String text) {
    return switch (type.kind()) {
      case STRING, BINARY -> text;
      case BOOLEAN -> Boolean.valueOf(matching(BOOLEAN, text));
      case INT -> Integer.valueOf(matching(WHOLE, text));
      case LONG -> Long.valueOf(matching(WHOLE, text));
      case FLOAT, DOUBLE -> Double.valueOf(matching(FLOATING, text));
      case DECIMAL -> decimal(type, new BigDecimal(text));
      case DATE -> LocalDate.parse(text);
      case TIMESTAMP -> instant(text);
      case TIMESTAMP_NTZ -> localTime(text);
    };
  }

  private static String matching(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static BigDecimal decimal(ColumnType type, BigDecimal value) {
    BigDecimal scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
    if (scaled.precision() > type.precision()) {
      throw new ArithmeticException(value.toString());
    }
    return scaled;
  }

  private static Instant instant(String text) {
    try {
      return localTime(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return OffsetDateTime.parse(iso(text)).toInstant();
    }
  }

  private static LocalDateTime localTime(String text) {
    return text.length() > 10
        ? LocalDateTime.parse(iso(text))
        : LocalDate.parse(text).atStartOfDay();
  }

  private static String iso(String text) {
    return text.replaceFirst(" ", "T");
  }

  /** What to write instead of a text that is no value of the type. */
  static String fix(ColumnType type, String text) {
    return switch (type.kind()) {
      case BOOLEAN -> Nearest.fix(text, List.of("true", "false"), "Write true or false.");
      case INT, LONG -> "Write a whole number that fits a %s.".formatted(type);
      case FLOAT, DOUBLE -> "Write a number such as 1.5.";
      case DECIMAL ->
          "Write a number with at most %d digits, %d of them behind the point."
              .formatted(type.precision(), type.scale());
      case DATE -> "Write a date such as 2024-02-29.";
      case TIMESTAMP, TIMESTAMP_NTZ -> "Write a time such as \"2024-02-29 10:30:00\" in quotes.";
      case STRING, BINARY -> "Write any text.";
    };
  }

  /** The literal in SQL. */
  public static String sql(ColumnType type, String text) {
    return "CAST(%s AS %s)".formatted(quoted(text), type.sql());
  }

  /** The text as a literal in SQL. */
  public static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
