package io.afp.core.lake;

import java.util.OptionalLong;

/** How rows come together with those that a table has. */
interface Merging {

  /**
   * What changes in the table. Everything is computed before anything is written.
   *
   * @throws io.afp.core.error.AfpException if the rows can't be merged
   */
  Changes changes();

  /** How many rows were given, as it was counted for {@link #changes}. */
  OptionalLong given();

  /**
   * Keeps what was observed beside the table, in one or two commits; none where it is known. The
   * changes of the table are committed after it.
   */
  void remember();
}
