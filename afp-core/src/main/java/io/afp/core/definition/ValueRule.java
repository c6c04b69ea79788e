package io.afp.core.definition;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rules about a value of a column alone. They judge values other than null, but {@link IsNull}. */
public sealed interface ValueRule extends CheckDef.Rule {

  /** There is no value. */
  record IsNull() implements ValueRule {
    @Override
    public String keyword() {
      return "is_null";
    }
  }

  /** The value is none of these literals. */
  record NotIn(List<String> values) implements ValueRule {
    public NotIn {
      values = List.copyOf(values);
    }

    @Override
    public String keyword() {
      return "not_in";
    }
  }

  /** The value is larger than a literal. */
  record Above(String bound) implements ValueRule {
    @Override
    public String keyword() {
      return "above";
    }
  }

  /** The value is smaller than a literal. */
  record Below(String bound) implements ValueRule {
    @Override
    public String keyword() {
      return "below";
    }
  }

  /** How a text compares with others. */
  enum Likeness {
    /** As a whole it matches at least one of these regular expressions of Java. */
    MATCHES_ANY,
    /** As a whole it matches none of these regular expressions of Java. */
    NOT_MATCHES,
    /** It is like at least one of these patterns of SQL. */
    LIKE,
    /** It is like none of these patterns of SQL. */
    NOT_LIKE
  }

  /** The text compares in a way with patterns. */
  record Text(Likeness likeness, List<String> patterns) implements ValueRule {
    public Text {
      patterns = List.copyOf(patterns);
    }

    @Override
    public String keyword() {
      return likeness.name().toLowerCase(Locale.ROOT);
    }
  }

  /** The text has a form that many data sets have. */
  record Format(TextFormat format) implements ValueRule {
    @Override
    public String keyword() {
      return "format";
    }
  }

  /**
   * The text is a value of a type, read as strictly as that of a source.
   *
   * @param format how a number, date or time is written; empty for the usual form
   */
  record ParsesAs(ColumnType type, Optional<String> format) implements ValueRule {
    @Override
    public String keyword() {
      return "parses_as";
    }
  }

  /**
   * The text is JSON that obeys a schema.
   *
   * @param schema a JSON Schema, as it is written
   */
  record JsonSchema(String schema) implements ValueRule {
    @Override
    public String keyword() {
      return "json_schema";
    }
  }
}
