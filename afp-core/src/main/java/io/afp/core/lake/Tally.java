package io.afp.core.lake;

import io.afp.core.measure.State;
import org.apache.spark.sql.catalyst.InternalRow;

/** What one task has seen so far of the values of one measure. */
public interface Tally {

  /**
   * Sees a value that is not null.
   *
   * @param values of all measures of a row; they are overwritten by those of the next row
   * @param at which of them it is
   */
  void add(InternalRow values, int at);

  /** What was seen. */
  State state();
}
