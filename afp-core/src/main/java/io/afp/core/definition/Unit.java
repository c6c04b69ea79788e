package io.afp.core.definition;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run does as a whole or not at all for a table: one unit of time, or the whole of a table
 * without intervals.
 *
 * @param label the interval as text, or {@code all}
 */
public record Unit(String label, Optional<Interval> interval) {

  /** The whole of a table, then the units of time. */
  public static final Comparator<Unit> BY_TIME =
      Comparator.comparing(unit -> unit.interval().map(Interval::start).orElse(Instant.MIN));

  private static final Unit ALL = new Unit("all", Optional.empty());

  /** The whole of a table without intervals. */
  public static Unit all() {
    return ALL;
  }

  /** One unit of time. */
  public static Unit of(Interval interval) {
    return new Unit(interval.label(), Optional.of(interval));
  }

  /**
   * The units of a calendar that cover units that were done once, perhaps by another calendar; the
   * whole of a table covers none.
   */
  public static Stream<Unit> covering(Collection<String> labels, IntervalDef calendar) {
    return units(
        labels.stream()
            .filter(label -> !label.equals(ALL.label))
            .map(label -> Interval.touching(label, calendar)));
  }

  /** The times of units in their order, neighbours as one; of a whole table none. */
  public static List<Interval> ranges(Collection<Unit> units) {
    return Interval.contiguous(units.stream().flatMap(u -> u.interval().stream()).toList());
  }

  private static Stream<Unit> units(Stream<Interval> intervals) {
    return intervals.flatMap(i -> i.units().stream()).map(Unit::of);
  }

  /** The units of a table in an interval; a table with intervals has none in no interval. */
  public static List<Unit> of(TableDef table, Optional<Interval> interval) {
    return table.hasInterval() ? units(interval.stream()).toList() : List.of(ALL);
  }
}
