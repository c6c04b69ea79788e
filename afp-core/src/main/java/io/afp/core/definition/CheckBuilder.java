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

  /** The stable name of the check. */
  public CheckBuilder named(String name) {
    return put("name", name);
  }

  /** The share of judged rows, such as {@code 99.9%}, that must obey. */
  public CheckBuilder atLeast(String share) {
    return put("at_least", share);
  }

  /** A breach is reported and stops nothing. */
  public CheckBuilder warn() {
    return put("severity", "warn");
  }

  Map<String, Object> tree() {
    return tree;
  }

  private CheckBuilder put(String key, Object value) {
    tree.put(key, value);
    return this;
  }
}
