package io.afp.core.lake;

import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Column;

/** Whether one of several conditions holds. */
final class AnyOf {

  private AnyOf() {}

  /**
   * A tree that is as flat as can be: Spark simplifies an OR by all that is below it, so that the
   * time to plan a chain of them grows with more than the square of its length.
   */
  static Column these(List<Column> conditions) {
    if (conditions.isEmpty()) {
      return lit(false);
    }
    if (conditions.size() == 1) {
      return conditions.get(0);
    }
    int half = conditions.size() / 2;
    return these(conditions.subList(0, half))
        .or(these(conditions.subList(half, conditions.size())));
  }
}
