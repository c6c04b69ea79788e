package io.afp.core.definition;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Rules about a table as a whole, which no measurement of single rows answers. */
public sealed interface TableRule extends CheckDef.Rule {

  @Override
  default boolean isAboutRows() {
    return false;
  }

  /** Whether the schema of the table answers it. */
  default boolean isAboutColumns() {
    return this instanceof Columns || this instanceof ColumnCount || this instanceof ColumnNames;
  }

  /** The table has as many rows as another one. */
  record SameRows(TableName table) implements TableRule {
    @Override
    public String keyword() {
      return "same_rows_as";
    }
  }

  /** Which columns the table has. */
  enum Match {
    /** These, in this order. */
    EXACTLY,
    /** These, in any order. */
    SET,
    /** At least these. */
    CONTAIN
  }

  /** The table has these columns. */
  record Columns(Match match, List<String> columns) implements TableRule {
    public Columns {
      columns = List.copyOf(columns);
    }

    @Override
    public String keyword() {
      return "has_columns";
    }
  }

  /** The table has a number of columns. */
  record ColumnCount(Bounds bounds) implements TableRule {
    @Override
    public String keyword() {
      return "column_count";
    }

    @Override
    public String measured() {
      return keyword();
    }
  }

  /** The name of each column of the table matches a regular expression of Java as a whole. */
  record ColumnNames(String regex) implements TableRule {
    @Override
    public String keyword() {
      return "column_names";
    }
  }

  /** The query gives no row: each that it gives breaks the rule. */
  record Query(String sql) implements TableRule {
    @Override
    public String keyword() {
      return "query";
    }
  }

  /** The only value that the query gives lies between bounds. */
  record Number(String sql, Bounds bounds) implements TableRule {
    @Override
    public String keyword() {
      return "number";
    }

    @Override
    public String measured() {
      return keyword() + " " + sql;
    }
  }

  /**
   * How far a number may be from another one.
   *
   * @param isShare whether the amount is a share of the other number
   */
  record Tolerance(BigDecimal amount, boolean isShare) {

    static Tolerance parse(String text) {
      if (text.endsWith("%")) {
        return new Tolerance(Scalars.SHARE.parser().apply(text), true);
      }
      BigDecimal amount = Literals.requireNumber(text);
      CheckShape.require(amount.signum() >= 0, "'%s' is negative".formatted(text));
      return new Tolerance(amount, false);
    }

    /** Whether a number is as near as that to what was expected. */
    public boolean allows(BigDecimal number, BigDecimal expected) {
      BigDecimal most = isShare ? amount.multiply(expected.abs()) : amount;
      return number.subtract(expected).abs().compareTo(most) <= 0;
    }

    @Override
    public String toString() {
      return isShare ? amount.movePointRight(2).toPlainString() + " %" : amount.toPlainString();
    }
  }

  /**
   * Two queries give the same rows, each as often; or one number each, near to each other.
   *
   * @param within how near; empty for rows, and for numbers that are equal
   */
  record SameResult(String sql, String expected, Optional<Tolerance> within) implements TableRule {
    @Override
    public String keyword() {
      return "same_result";
    }

    @Override
    public String measured() {
      return "%s %s %s".formatted(keyword(), sql, expected);
    }
  }
}
