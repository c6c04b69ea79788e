package io.afp.core.measure;

import java.io.Serializable;
import java.util.OptionalDouble;

/** What was measured in some rows. */
public sealed interface State extends Serializable
    permits Counts, Extremes, Moments, Comoments, Distinct, Quantiles, Frequencies, Unmeasured {

  /** How many rows went into it. */
  long judged();

  /** The number that people look at, where the state alone says which that is. */
  OptionalDouble value();

  /**
   * The state of both sets of rows together.
   *
   * @param other of the same kind, of other rows
   */
  State plus(State other);
}
