package io.afp.core.ledger;

/**
 * How many rows of a source a reason rejected, and one of them.
 *
 * @param column the column, or empty for the row as a whole
 */
public record RejectCount(
    String column, String reason, long rows, String sampleValue, String sampleFile) {

  /** The same reason in more rows. */
  public RejectCount plus(RejectCount other) {
    return new RejectCount(column, reason, rows + other.rows, sampleValue, sampleFile);
  }
}
