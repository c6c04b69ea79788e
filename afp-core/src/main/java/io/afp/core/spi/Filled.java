package io.afp.core.spi;

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

  /**
   * How many rows a reason rejected, and one of them.
   *
   * @param column the column, or empty for the row as a whole
   */
  public record RejectCount(
      String column, String reason, long rows, String sampleValue, String sampleFile) {}
}
