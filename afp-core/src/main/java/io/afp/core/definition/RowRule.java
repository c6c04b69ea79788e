package io.afp.core.definition;

import java.util.List;
import java.util.Optional;

/** Rules about several columns of a row. */
public sealed interface RowRule extends CheckDef.Rule {

  /** The columns that it is about, in the order in which they are written. */
  List<String> columns();

  /** All columns have the same value, or none has any. Rows without any value are not judged. */
  record Equal(List<String> columns) implements RowRule {
    public Equal {
      columns = List.copyOf(columns);
    }

    @Override
    public String keyword() {
      return "equal";
    }
  }

  /** No two columns have the same value. Rows without any value are not judged. */
  record Different(List<String> columns) implements RowRule {
    public Different {
      columns = List.copyOf(columns);
    }

    @Override
    public String keyword() {
      return "different";
    }
  }

  /** No value is larger than the one behind it. Rows with a null among them are not judged. */
  record Ordered(List<String> columns) implements RowRule {
    public Ordered {
      columns = List.copyOf(columns);
    }

    @Override
    public String keyword() {
      return "ordered";
    }
  }

  /** Each value is smaller than the one behind it. Rows with a null among them are not judged. */
  record Increasing(List<String> columns) implements RowRule {
    public Increasing {
      columns = List.copyOf(columns);
    }

    @Override
    public String keyword() {
      return "increasing";
    }
  }

  /** At least one of the columns has a value. */
  record AnyGiven(List<String> columns) implements RowRule {
    public AnyGiven {
      columns = List.copyOf(columns);
    }

    @Override
    public String keyword() {
      return "any_given";
    }
  }

  /**
   * The values together are one of these lists of literals. Rows with a null among them are not
   * judged.
   */
  record Combination(List<String> columns, List<List<String>> values) implements RowRule {
    public Combination {
      columns = List.copyOf(columns);
      values = values.stream().map(List::copyOf).toList();
    }

    @Override
    public String keyword() {
      return "combination";
    }
  }

  /**
   * The sum of the columns, in which null counts as 0, is that of another column or lies between
   * bounds. Rows without any value are not judged, nor those where the other column has none.
   *
   * @param total the other column; else there are bounds
   */
  record Sum(List<String> columns, Optional<String> total, Optional<Bounds> bounds)
      implements RowRule {
    public Sum {
      columns = List.copyOf(columns);
    }

    @Override
    public String keyword() {
      return "row_sum";
    }
  }
}
