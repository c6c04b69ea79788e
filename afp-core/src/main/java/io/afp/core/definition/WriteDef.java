package io.afp.core.definition;

import java.util.Optional;

/**
 * How rows get into a table.
 *
 * @param intervalColumn the column of type date or timestamp that says to which interval a row
 *     belongs
 * @param onRerun what {@code append} does with an interval that it has written before
 */
public record WriteDef(WriteMode mode, Optional<String> intervalColumn, OnRerun onRerun) {

  /** The write modes; their contracts are in the package of the writer. */
  public enum WriteMode {
    /** Exactly the given rows, for the interval or the whole table. */
    REPLACE,
    /** The given rows beside those that are there. */
    APPEND
  }

  /** What {@code append} does with an interval that it has written before. */
  public enum OnRerun {
    REFUSE,
    REPLACE
  }

  /** The whole table is replaced by each run. */
  public static WriteDef replaceAll() {
    return new WriteDef(WriteMode.REPLACE, Optional.empty(), OnRerun.REFUSE);
  }
}
