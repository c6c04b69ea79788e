package io.afp.core.definition;

import io.afp.core.definition.PipelineDef.Freshness;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rule that the rows of a table must obey.
 *
 * @param name stable and unique in its table: the user's own or {@code <table>.<column>.<rule>}
 * @param column the column that is judged; empty for a rule about whole rows
 * @param where a predicate in SQL: only rows for which it is true are judged; empty for all
 * @param atLeast the share of judged rows that must obey, from 0 to 1
 * @param severity whether a breach keeps the run from being published
 * @param warning what is asked besides, and only reported when it does not hold
 * @param quarantine whether rows that break it are kept out of the table
 * @param about what people should know of it
 */
public record CheckDef(
    String name,
    Optional<String> column,
    Rule rule,
    Optional<String> where,
    BigDecimal atLeast,
    Severity severity,
    Optional<Threshold> warning,
    boolean quarantine,
    About about) {

  /** A check of one threshold, of which nothing is said. */
  public CheckDef(
      String name,
      Optional<String> column,
      Rule rule,
      Optional<String> where,
      BigDecimal atLeast,
      Severity severity) {
    this(name, column, rule, where, atLeast, severity, Optional.empty(), false, About.NOTHING);
  }

  /**
   * A second threshold on what a check measures.
   *
   * @param rule the same rule, with other bounds where it has some
   * @param atLeast the share of judged rows that must obey, from 0 to 1
   */
  public record Threshold(Rule rule, BigDecimal atLeast) {}

  /** What people should know of a check; it decides nothing. */
  public record About(Optional<String> description, Optional<String> owner, List<String> tags) {

    /** Nothing. */
    public static final About NOTHING = new About(Optional.empty(), Optional.empty(), List.of());

    public About {
      tags = List.copyOf(tags);
    }
  }

  /** The check that is judged where this one holds, by its second threshold. */
  public Optional<CheckDef> asWarning() {
    return warning.map(
        t ->
            new CheckDef(
                name,
                column,
                t.rule,
                where,
                t.atLeast,
                Severity.WARN,
                Optional.empty(),
                quarantine,
                about));
  }

  /** The same where rows that break it are in the table: none of them may. */
  public CheckDef withoutQuarantine() {
    return new CheckDef(
        name, column, rule, where, BigDecimal.ONE, severity, Optional.empty(), false, about);
  }

  /** Whether a breach keeps the run from being published. */
  public enum Severity {
    ERROR,
    WARN
  }

  /**
   * What is demanded. Rules about a value judge values other than null only, but for {@link
   * Required}.
   */
  public sealed interface Rule
      permits Required,
          Key,
          Between,
          In,
          Matches,
          Length,
          Fresh,
          Anomaly,
          References,
          Rows,
          Rejects,
          Sql,
          Custom,
          ValueRule,
          RowRule,
          OrderRule,
          MetricRule,
          TableRule {
    /** The name in YAML. */
    String keyword();

    /** Whether each row obeys it or not, so that a share of rows does. */
    default boolean isAboutRows() {
      return true;
    }

    /** What is measured for it: two rules of one text differ in their bounds at most. */
    default String measured() {
      return toString();
    }
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

  /** The whole value matches a regular expression of Java. */
  public record Matches(String regex) implements Rule {

    /** The expression that finds whole values only, for an engine that looks for parts. */
    public String whole() {
      return "\\A(?:" + regex + ")\\z";
    }

    @Override
    public String keyword() {
      return "matches";
    }
  }

  /** The number of characters of the value lies between two bounds, both included. */
  public record Length(OptionalLong min, OptionalLong max) implements Rule {
    @Override
    public String keyword() {
      return "length";
    }
  }

  /**
   * The newest value is at most that much older than the end of the interval that was written, or
   * than the start of a run without an interval. Without a value it is broken.
   */
  public record Fresh(Freshness within) implements Rule {
    @Override
    public String keyword() {
      return "fresh";
    }

    @Override
    public boolean isAboutRows() {
      return false;
    }

    @Override
    public String measured() {
      return keyword();
    }
  }

  /**
   * A quantity of what is written lies where its history lets expect it; see {@link AnomalyDef}.
   */
  public record Anomaly(AnomalyDef watched) implements Rule {
    @Override
    public String keyword() {
      return "anomaly";
    }

    @Override
    public boolean isAboutRows() {
      return false;
    }

    /** The same quantity has the same history, however it is judged. */
    @Override
    public String measured() {
      return keyword() + " " + watched.of().keyword();
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

    @Override
    public boolean isAboutRows() {
      return false;
    }

    @Override
    public String measured() {
      return keyword();
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

  /**
   * What a class says of a row: it implements {@code io.afp.core.spi.Check}.
   *
   * @param arguments what the class is told, sorted by name
   */
  public record Custom(String type, SortedMap<String, String> arguments) implements Rule {
    public Custom {
      arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
    }

    @Override
    public String keyword() {
      return "custom";
    }
  }

  /** What is measured for it: where this is another, it is not the same metric. */
  public String measured() {
    return "%s %s %s".formatted(column.orElse(""), rule.measured(), where.orElse(""));
  }

  /** The error-level check that a required column of a model implies. */
  public static CheckDef required(TableName table, String column) {
    return new CheckDef(
        "%s.%s.required".formatted(table, column),
        Optional.of(column),
        new Required(),
        Optional.empty(),
        BigDecimal.ONE,
        Severity.ERROR);
  }

  /** The error-level check that the contract of a source implies. */
  public static CheckDef rejects(TableName table, BigDecimal atMost) {
    return new CheckDef(
        table + ".rejects",
        Optional.empty(),
        new Rejects(),
        Optional.empty(),
        BigDecimal.ONE.subtract(atMost),
        Severity.ERROR);
  }

  /** The error-level check that a key implies. */
  public static CheckDef key(TableName table, List<String> columns) {
    return new CheckDef(
        table + ".key",
        Optional.empty(),
        new Key(columns),
        Optional.empty(),
        BigDecimal.ONE,
        Severity.ERROR);
  }
}
