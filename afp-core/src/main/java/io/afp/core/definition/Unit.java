package io.afp.core.definition;

import java.util.List;
import java.util.Optional;

/**
 * What a run does as a whole or not at all for a table: one unit of time, or the whole of a table
 * without intervals.
 *
 * @param label the interval as text, or {@code all}
 */
public record Unit(String label, Optional<Interval> interval) {

  private static final Unit ALL = new Unit("all", Optional.empty());

  /** The whole of a table without intervals. */
  public static Unit all() {
    return ALL;
  }

  /** One unit of time. */
  public static Unit of(Interval interval) {
    return new Unit(interval.label(), Optional.of(interval));
  }

  /** The units of a table in an interval. */
  public static List<Unit> of(TableDef table, Optional<Interval> interval) {
    return table.hasInterval() && interval.isPresent()
        ? interval.get().units().stream().map(Unit::of).toList()
        : List.of(ALL);
  }
}
