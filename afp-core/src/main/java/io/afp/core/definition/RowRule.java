package io.afp.core.definition;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about several columns of a row. */
public sealed interface RowRule extends CheckDef.Rule {

  /** The columns that it is about, in the order in which they are written. */
  List<String> columns();

  /** All columns that it reads. */
  default List<String> reads() {
    return columns();
  }

  /** How values of a row compare. */
  enum Relation {
    /** All are the same, or there is none. Rows without any value are not judged. */
    EQUAL,
    /** No two are the same. Rows without any value are not judged. */
    DIFFERENT,
    /** None is larger than the one behind it. Rows with a null among them are not judged. */
    ORDERED,
    /** Each is smaller than the one behind it. Rows with a null among them are not judged. */
    INCREASING,
    /** There is at least one. */
    ANY_GIVEN
  }

  /** The values of columns compare in a way. */
  record Compared(Relation relation, List<String> columns) implements RowRule {
    public Compared {
      columns = List.copyOf(columns);
    }

    @Override
    public String keyword() {
      return relation.name().toLowerCase(Locale.ROOT);
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
    public List<String> reads() {
      return Stream.concat(columns.stream(), total.stream()).toList();
    }

    @Override
    public String keyword() {
      return "row_sum";
    }
  }
}
