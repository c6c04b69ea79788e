package io.afp.core.lake;

import static org.apache.spark.sql.functions.not;

import io.afp.core.ledger.Metric;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What checks that judge by history measure of rows that are merged: of those that are given, on
 * their way into the merge. What a merge changes depends on what the table had, tells no units
 * apart, and is nothing when the same rows are given again. A row that deletes its key is none.
 */
final class MergedQuantities {

  private final MergeInput given;
  private final List<Measure> measures;
  private final Measurement measurement;

  /**
   * Quantities of rows.
   *
   * @param observers say what is measured
   */
  MergedQuantities(MergeInput given, List<WriteObserver> observers) {
    this.given = given;
    this.measures = measures(observers, given.table().checksByHistory());
    this.measurement = measurement();
  }

  private List<Measure> measures(List<WriteObserver> observers, Set<String> byHistory) {
    return byHistory.isEmpty()
        ? List.of()
        : observers.stream()
            .flatMap(o -> o.observe(given.table(), given.rows().schema()).stream())
            .filter(measure -> byHistory.contains(measure.name()))
            .map(measure -> measure.where(not(given.deleted())))
            .toList();
  }

  private Measurement measurement() {
    return new Measurement(measures, UnitSplit.of(given.table(), given.range()));
  }

  /** The rows, to be merged. */
  MergeInput input() {
    return measures.isEmpty()
        ? given
        : new MergeInput(given.table(), measurement.on(given.rows()), given.range());
  }

  /**
   * What was measured when they were merged, for each unit; in a pass of its own where other rows
   * were measured than the merge has counted.
   */
  List<Metric> metrics(OptionalLong merged) {
    if (measures.isEmpty()) {
      return List.of();
    }
    Measurement.Measured measured = measurement.result();
    boolean believed = merged.isPresent() && merged.getAsLong() == measured.rows();
    return believed ? measured.metrics() : measurement().scan(given.rows()).metrics();
  }
}
