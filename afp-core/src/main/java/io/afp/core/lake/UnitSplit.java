package io.afp.core.lake;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Which unit a row belongs to.
 *
 * @param labels of the units, in their order
 * @param column whose value tells it; empty where there is one unit
 * @param starts of the units, as Spark holds them inside
 */
record UnitSplit(List<String> labels, Optional<String> column, List<Long> starts) {

  UnitSplit {
    labels = List.copyOf(labels);
    starts = List.copyOf(starts);
  }

  /** Rows that are no whole unit. */
  static UnitSplit none() {
    return new UnitSplit(List.of(""), Optional.empty(), List.of(0L));
  }

  /** The units of a range; the whole of a table without one. */
  static UnitSplit of(TableDef table, Optional<Interval> range) {
    if (range.isEmpty()) {
      return new UnitSplit(List.of(Unit.all().label()), Optional.empty(), List.of(0L));
    }
    ColumnDef column = table.intervalColumn().orElseThrow();
    List<Interval> units = range.get().units();
    return new UnitSplit(
        units.stream().map(Interval::label).toList(),
        units.size() == 1 ? Optional.empty() : Optional.of(column.name()),
        units.stream().map(unit -> inside(unit.boundsFor(column.type().kind()).start())).toList());
  }

  private static long inside(Object start) {
    if (start instanceof LocalDate day) {
      return day.toEpochDay();
    }
    Instant moment =
        start instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) start;
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  /** The unit of a value; the nearest of one that lies outside of all. */
  static int of(long value, List<Long> starts) {
    int found = Collections.binarySearch(starts, value);
    return Math.max(0, found >= 0 ? found : -found - 2);
  }
}
