package io.afp.core.definition;

import java.util.List;

/** Rules about a table as a whole, which no measurement of single rows answers. */
public sealed interface TableRule extends CheckDef.Rule {

  @Override
  default boolean isAboutRows() {
    return false;
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
}
