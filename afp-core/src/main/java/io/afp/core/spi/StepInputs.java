package io.afp.core.spi;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** What a step reads to fill one table. */
public interface StepInputs {

  /** The session, bound to a branch. */
  SparkSession session();

  TableDef table();

  /** The units to write. */
  List<Unit> units();

  /**
   * The units joined into contiguous ranges, one commit each; a single empty range for a table
   * without intervals.
   */
  default List<Optional<Interval>> ranges() {
    return ranges(units());
  }

  /** The same for any units. */
  static List<Optional<Interval>> ranges(List<Unit> units) {
    List<Interval> ranges = Unit.ranges(units);
    return ranges.isEmpty()
        ? List.of(Optional.empty())
        : ranges.stream().map(Optional::of).toList();
  }

  /** What was found when the step was planned. */
  Inputs inputs();

  /** How what lies outside of the lake is reached. */
  Outside outside();
}
