package io.afp.core.measure;

import java.time.LocalDateTime;

/**
 * What was measured of one unit.
 *
 * @param unit the interval, such as {@code 2013-01}; empty where the rows of a run are no unit
 * @param at where it lies in time, on the clock of the pipeline: the start of the interval, or of
 *     the run
 */
public record Point(String unit, LocalDateTime at, double value) {

  /** Whether both are of the same unit; runs without units are told apart by their time. */
  public boolean isOfSameUnit(Point other) {
    return unit.isEmpty() ? at.equals(other.at) : unit.equals(other.unit);
  }
}
