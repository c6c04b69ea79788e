package io.afp.core.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Declares a check in Java, with the words of the YAML. */
public final class CheckBuilder {

  private final Map<String, Object> tree = new LinkedHashMap<>();

  private CheckBuilder(String rule, Object argument) {
    tree.put(rule, argument);
  }

  /** A value of a column is one of these literals. */
  public static CheckBuilder in(String... values) {
    return new CheckBuilder("in", List.of(values));
  }

  /** A value of a column lies between two literals, both included. */
  public static CheckBuilder between(String min, String max) {
    return new CheckBuilder("between", List.of(min, max));
  }

  /** A value of a column is this literal or above it. */
  public static CheckBuilder from(String min) {
    return new CheckBuilder("between", List.of(min, Optional.empty()));
  }

  /** A value of a column is this literal or below it. */
  public static CheckBuilder upTo(String max) {
    return new CheckBuilder("between", List.of(Optional.empty(), max));
  }

  /** A value of a column is not null; for a rule with a condition, a share or a severity. */
  public static CheckBuilder required() {
    return new CheckBuilder("required", true);
  }

  /** A whole text of a column matches this regular expression. */
  public static CheckBuilder matches(String regex) {
    return new CheckBuilder("matches", regex);
  }

  /** A text of a column has a number of characters between two bounds, both included. */
  public static CheckBuilder length(long min, long max) {
    return new CheckBuilder("length", List.of(min, max));
  }

  /** A text of a column has this many characters or more. */
  public static CheckBuilder lengthFrom(long min) {
    return new CheckBuilder("length", List.of(min, Optional.empty()));
  }

  /** A text of a column has this many characters or fewer. */
  public static CheckBuilder lengthUpTo(long max) {
    return new CheckBuilder("length", List.of(Optional.empty(), max));
  }

  /**
   * The newest value of a column, or of the interval column of a table, is at most that much older
   * than the end of the interval; ISO-8601.
   */
  public static CheckBuilder fresh(String duration) {
    return new CheckBuilder("fresh", duration);
  }

  /**
   * A quantity is as its history lets expect: {@code rows} of a table, {@code mean}, {@code
   * completeness} and others of a column.
   */
  public static CheckBuilder anomaly(String of) {
    return new CheckBuilder("anomaly", of);
  }

  /** The same, with the other keys of {@code anomaly} in YAML. */
  public static CheckBuilder anomaly(String of, Map<String, Object> details) {
    Map<String, Object> keys = new LinkedHashMap<>(Map.of("of", of));
    keys.putAll(details);
    return new CheckBuilder("anomaly", keys);
  }

  /** No two rows have the same values in these columns, beside the key of the table. */
  public static CheckBuilder key(String... columns) {
    return new CheckBuilder("key", List.of(columns));
  }

  /** A value of a column occurs in this one; {@code namespace.table.column}. */
  public static CheckBuilder references(String column) {
    return new CheckBuilder("references", column);
  }

  /** A run writes this many rows or more. */
  public static CheckBuilder rowsFrom(long min) {
    return new CheckBuilder("rows", Map.of("min", min));
  }

  /** A run writes a number of rows between two bounds, both included. */
  public static CheckBuilder rowsBetween(long min, long max) {
    return new CheckBuilder("rows", Map.of("min", min, "max", max));
  }

  /** This predicate over the columns of a row is not false. */
  public static CheckBuilder sql(String predicate) {
    return new CheckBuilder("sql", predicate);
  }

  /**
   * A rule by its key in YAML.
   *
   * @param argument what stands behind the key: a text, a number, a list or a map of such; an empty
   *     {@link Optional} for null
   */
  public static CheckBuilder rule(String key, Object argument) {
    return new CheckBuilder(key, argument);
  }

  /** The stable name of the check. */
  public CheckBuilder named(String name) {
    return put("name", name);
  }

  /** Only rows for which this predicate is true are judged. */
  public CheckBuilder where(String predicate) {
    return put("where", predicate);
  }

  /** The share of judged rows, such as {@code 99.9%}, that must obey. */
  public CheckBuilder atLeast(String share) {
    return put("at_least", share);
  }

  /** A breach is reported and stops nothing. */
  public CheckBuilder warn() {
    return put("severity", "warn");
  }

  /** Below {@code error} the run is not published; below {@code warn} that is reported. */
  public CheckBuilder atLeast(String warn, String error) {
    return put("at_least", Map.of("warn", warn, "error", error));
  }

  /** Rows that break it are kept out of the table, beside it. */
  public CheckBuilder quarantine() {
    return put("quarantine", true);
  }

  /** Why it is asked. */
  public CheckBuilder description(String text) {
    return put("description", text);
  }

  /** Who is to be asked when it does not hold. */
  public CheckBuilder owner(String owner) {
    return put("owner", owner);
  }

  /** Words by which the check can be found. */
  public CheckBuilder tags(String... tags) {
    return put("tags", List.of(tags));
  }

  Map<String, Object> tree() {
    return tree;
  }

  private CheckBuilder put(String key, Object value) {
    tree.put(key, value);
    return this;
  }
}
