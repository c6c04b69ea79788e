package io.afp.core.definition;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A rule that the rows of a table must obey.
 *
 * @param name stable and unique in its table: the user's own or {@code <table>.<column>.<rule>}
 * @param column the column that is judged; empty for a rule about whole rows
 * @param atLeast the share of judged rows that must obey, from 0 to 1
 * @param severity whether a breach keeps the run from being published
 */
public record CheckDef(
    String name, Optional<String> column, Rule rule, BigDecimal atLeast, Severity severity) {

  /** Whether a breach keeps the run from being published. */
  public enum Severity {
    ERROR,
    WARN
  }

  /**
   * What is demanded. All rules but {@link Required} and {@link Rows} judge non-null values only.
   */
  public sealed interface Rule {
    /** The name in YAML. */
    String keyword();
  }

  /** The value is not null. */
  public record Required() implements Rule {
    @Override
    public String keyword() {
      return "required";
    }
  }

  /**
   * No two rows have the same values in these columns; rows with a null among them break it too.
   */
  public record Key(List<String> columns) implements Rule {
    public Key {
      columns = List.copyOf(columns);
    }

    @Override
    public String keyword() {
      return "key";
    }
  }

  /** The value lies between two literals, both included; at least one is present. */
  public record Between(Optional<String> min, Optional<String> max) implements Rule {
    @Override
    public String keyword() {
      return "between";
    }
  }

  /** The value is one of these literals. */
  public record In(List<String> values) implements Rule {
    public In {
      values = List.copyOf(values);
    }

    @Override
    public String keyword() {
      return "in";
    }
  }

  /** The value occurs in a column of another table. */
  public record References(TableName table, String column) implements Rule {
    @Override
    public String keyword() {
      return "references";
    }
  }

  /** The number of rows that a run writes lies between two bounds, both included. */
  public record Rows(OptionalLong min, OptionalLong max) implements Rule {
    @Override
    public String keyword() {
      return "rows";
    }
  }

  /**
   * The share of rows that broke the contract of a source; declared as {@code rejects: { at_most: …
   * }}.
   */
  public record Rejects() implements Rule {
    @Override
    public String keyword() {
      return "rejects";
    }
  }

  /** A predicate over the columns of a row; where it is null the row is not judged. */
  public record Sql(String predicate) implements Rule {
    @Override
    public String keyword() {
      return "sql";
    }
  }

  /** The error-level check that a required column of a model implies. */
  public static CheckDef required(TableName table, String column) {
    return new CheckDef(
        "%s.%s.required".formatted(table, column),
        Optional.of(column),
        new Required(),
        BigDecimal.ONE,
        Severity.ERROR);
  }

  /** The error-level check that the contract of a source implies. */
  public static CheckDef rejects(TableName table, BigDecimal atMost) {
    return new CheckDef(
        table + ".rejects",
        Optional.empty(),
        new Rejects(),
        BigDecimal.ONE.subtract(atMost),
        Severity.ERROR);
  }

  /** The error-level check that a key implies. */
  public static CheckDef key(TableName table, List<String> columns) {
    return new CheckDef(
        table + ".key", Optional.empty(), new Key(columns), BigDecimal.ONE, Severity.ERROR);
  }
}
