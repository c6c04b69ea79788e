package io.afp.core.ledger;

/**
 * What a rule measured in some rows. Metrics of disjoint sets of rows add up.
 *
 * @param name the name of the check, or {@code rows}
 * @param matches the rows that obey
 * @param judged the rows that were judged
 */
public record Metric(String name, long matches, long judged) {

  /** The metric of both sets of rows together. */
  public Metric plus(Metric other) {
    return new Metric(name, matches + other.matches, judged + other.judged);
  }
}
