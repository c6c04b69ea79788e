package io.afp.ingestion.infer;

import io.afp.core.definition.IntervalUnit;
import java.util.List;
import java.util.Optional;

/**
 * How a table may be loaded one interval at a time.
 *
 * @param files where the files of an interval are, as definitions name it
 * @param unit that of the pipeline
 * @param column the one that says to which interval a row belongs; empty if none is known to
 * @param isDeclared whether the table file says so by itself; else a comment proposes it
 * @param why what speaks for or against it, a sentence each
 */
record InferredInterval(
    String files,
    IntervalUnit unit,
    Optional<IntervalColumn> column,
    boolean isDeclared,
    List<String> why) {

  InferredInterval {
    why = List.copyOf(why);
  }

  /**
   * A column that may say to which interval a row belongs.
   *
   * @param type the name of its type
   * @param expr how it is computed, if the files do not have it
   * @param partition how a table is partitioned by it
   */
  record IntervalColumn(String name, String type, Optional<String> expr, String partition) {}

  String unitName() {
    return unit.word();
  }

  /** The column, where the files do not have it and the table file declares it all the same. */
  Optional<IntervalColumn> computed() {
    return column.filter(c -> c.expr().isPresent());
  }
}
