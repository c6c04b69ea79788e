package io.afp.core.definition;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The values of a column go on as the rows do, when these are in an order. The smallest of values
 * whose rows are equal in it comes first. Rows with a null among the columns are not judged.
 *
 * @param by the order of the rows
 * @param each columns: rows with the same values in them are judged by themselves; empty where all
 *     are judged together
 */
public record OrderRule(Course course, List<SortField> by, List<String> each)
    implements CheckDef.Rule {

  /** How a value compares with the one before. */
  public enum Course {
    /** It is not smaller. */
    ORDERED,
    /** It is larger. */
    INCREASING;

    /** The key in YAML. */
    public String keyword() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public OrderRule {
    by = List.copyOf(by);
    each = List.copyOf(each);
  }

  /** The columns beside that whose values are judged. */
  public List<String> columns() {
    return Stream.concat(each.stream(), by.stream().map(SortField::column)).toList();
  }

  @Override
  public String keyword() {
    return course.keyword();
  }
}
