package io.afp.core.definition;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of a table in the lake: {@code namespace.name}, both lower-case identifiers.
 *
 * <p>Only {@code [a-z][a-z0-9_]*} is allowed, so that a name means the same in Spark, Iceberg and
 * Postgres and never needs quoting.
 */
public record TableName(String namespace, String name) implements Comparable<TableName> {

  static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  static final Pattern WHOLE = Pattern.compile(IDENTIFIER + "\\." + IDENTIFIER);

  private static final String REJECTS = "__rejects";
  private static final String OBSERVED = "__observed";
  private static final String QUARANTINE = "__quarantine";

  /** The tables beside a table with a longer name would have none. */
  static final int LONGEST = 63 - QUARANTINE.length();

  public TableName {
    requireIdentifier(namespace);
    requireIdentifier(name);
  }

  /**
   * Reads {@code namespace.name}.
   *
   * @throws IllegalArgumentException with the reason, if it is not two identifiers
   */
  public static TableName parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("'%s' is not namespace.name".formatted(text));
    }
    return new TableName(parts[0], parts[1]);
  }

  /** Whether the text can be a namespace, a table, a column, a check or a role. */
  public static boolean isIdentifier(String text) {
    return IDENTIFIER.matcher(text).matches();
  }

  private static void requireIdentifier(String text) {
    if (!isIdentifier(text)) {
      throw new IllegalArgumentException(
          "'%s' is not an identifier; use %s"
              .formatted(text, "[a-z][a-z0-9_]*, at most 63 characters"));
    }
  }

  /** The table beside this one that keeps the rows it rejected. */
  public TableName rejects() {
    return new TableName(namespace, name + REJECTS);
  }

  /** The table beside this one that keeps the rows that its checks kept out. */
  public TableName quarantine() {
    return new TableName(namespace, name + QUARANTINE);
  }

  /** The table beside this one that keeps what was observed and is not in the table. */
  public TableName observed() {
    return new TableName(namespace, name + OBSERVED);
  }

  /**
   * Whether a table that keeps what was observed for another one is called so; also asked of tables
   * that others made, whose names may be none of these.
   */
  public static boolean isObserved(String name) {
    return name.endsWith(OBSERVED);
  }

  /** What the name ends with when it is that of a table that is kept beside another one. */
  Optional<String> besideAnother() {
    return Stream.of(REJECTS, OBSERVED, QUARANTINE).filter(name::endsWith).findFirst();
  }

  @Override
  public int compareTo(TableName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return namespace + "." + name;
  }
}
