package io.afp.core.ledger;

import io.afp.core.measure.Counts;
import io.afp.core.measure.State;

/**
 * What a rule measured in some rows. Metrics of disjoint sets of rows add up.
 *
 * @param name the name of the check, or {@code rows}
 * @param unit the interval of the rows, or {@code all}; empty where they are no whole unit
 * @param state what was measured
 */
public record Metric(String name, String unit, State state) {

  /** The metric of rows that are no whole unit. */
  public Metric(String name, State state) {
    this(name, "", state);
  }

  /** The metric of a rule that counts rows. */
  public Metric(String name, long matches, long judged) {
    this(name, new Counts(matches, judged));
  }

  /** The rows that were judged. */
  public long judged() {
    return state.judged();
  }

  /** The rows that obey, of a rule that counts rows. */
  public long matches() {
    return ((Counts) state).matches();
  }

  /** The metric of both sets of rows together. */
  public Metric plus(Metric other) {
    return new Metric(name, unit.equals(other.unit) ? unit : "", state.plus(other.state));
  }
}
