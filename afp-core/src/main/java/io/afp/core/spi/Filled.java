package io.afp.core.spi;

import io.afp.core.ledger.RejectCount;
import java.util.List;

/**
 * What a stage did for a table.
 *
 * @param rowsIn the rows that were read; for a model those that it gave
 * @param rejects how many rows were rejected for which reason; a row counts for each of its reasons
 * @param rowsRejected the rows that were rejected
 */
public record Filled(long rowsIn, long rowsRejected, List<RejectCount> rejects) {

  public Filled {
    rejects = List.copyOf(rejects);
  }

  /** A stage that rejects nothing. */
  public static Filled of(long rowsIn) {
    return new Filled(rowsIn, 0, List.of());
  }
}
