package io.afp.core.measure;

import java.util.OptionalDouble;

/**
 * How many rows obey.
 *
 * @param matches the rows that obey
 * @param judged the rows that were judged
 */
public record Counts(long matches, long judged) implements State {

  /** The share of rows that obey. */
  @Override
  public OptionalDouble value() {
    return judged == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) matches / judged);
  }

  @Override
  public Counts plus(State other) {
    Counts more = (Counts) other;
    return new Counts(matches + more.matches, judged + more.judged);
  }
}
