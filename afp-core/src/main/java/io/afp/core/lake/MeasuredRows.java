package io.afp.core.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.lake.Measurement.Measured;
import io.afp.core.ledger.Metric;
import io.afp.core.measure.Counts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows that are measured on their way into a table. */
final class MeasuredRows {

  private static final String ROWS = "rows";
  private static final String INSIDE = "inside of the interval of the run";

  private final TableDef definition;
  private final Optional<Interval> range;
  private final Dataset<Row> input;
  private final List<Measure> measures;
  private final UnitSplit units;
  private final Measurement measurement;

  /**
   * Rows to be measured.
   *
   * @param range where the rows must lie
   * @param observers say what is measured
   */
  MeasuredRows(
      TableDef definition,
      Dataset<Row> input,
      Optional<Interval> range,
      List<WriteObserver> observers) {
    this.definition = definition;
    this.input = input;
    this.range = range;
    this.measures =
        Stream.concat(
                Stream.of(Measure.counts(ROWS, lit(true))),
                observers.stream().flatMap(o -> o.observe(definition, input.schema()).stream()))
            .toList();
    this.units = UnitSplit.of(definition, range);
    this.measurement =
        new Measurement(Stream.concat(measures.stream(), inside().stream()).toList(), units);
  }

  TableDef definition() {
    return definition;
  }

  private Optional<Measure> inside() {
    return range.map(
        r -> {
          Column inRange = TableWriter.inRange(definition, r);
          return Measure.counts(INSIDE, coalesce(inRange, lit(false)));
        });
  }

  /** The rows, to be written. */
  Dataset<Row> rows() {
    return isMeasured() ? measurement.on(input) : input;
  }

  /** Rows of which only the number is asked are not touched: the commit knows it. */
  private boolean isMeasured() {
    return range.isPresent() || !measures.stream().allMatch(Measure::countsRows);
  }

  /**
   * What was measured when {@link #rows()} were written; empty when it counts other rows than were
   * written.
   *
   * @throws AfpException if rows lie outside the range
   */
  Optional<List<Metric>> observed(Written written) {
    if (!isMeasured()) {
      return Optional.of(rows(units.labels().get(0), written.rows(), measures));
    }
    Measured measured = measurement.result();
    if (measured.rows() != written.rows()) {
      return Optional.empty();
    }
    requireNoneOutside(outside(measured));
    return Optional.of(measured.without(INSIDE));
  }

  private static long outside(Measured measured) {
    return measured.of(INSIDE).mapToLong(inside -> inside.judged() - inside.matches()).sum();
  }

  /**
   * The same, measured again in a pass over the rows of the range.
   *
   * @param written how many rows were written
   * @throws AfpException if others were written outside the range
   */
  List<Metric> scanned(Dataset<Row> ofRange, long written) {
    Measured measured = new Measurement(measures, units).scan(ofRange);
    requireNoneOutside(written - measured.rows());
    return measured.without(INSIDE);
  }

  /**
   * The metrics of rows that a merge changes, which are no whole units, in a pass of its own where
   * more than their number is asked; but for {@link MergedQuantities}.
   *
   * @param known how many rows there are
   */
  List<Metric> changed(long known) {
    Set<String> byHistory = definition.checksByHistory();
    List<Measure> ofChanges = measures.stream().filter(m -> !byHistory.contains(m.name())).toList();
    return ofChanges.stream().allMatch(Measure::countsRows)
        ? rows("", known, ofChanges)
        : Measurement.scan(input, ofChanges).metrics();
  }

  private static List<Metric> rows(String unit, long number, List<Measure> measures) {
    Counts counts = new Counts(number, number);
    return measures.stream().map(measure -> new Metric(measure.name(), unit, counts)).toList();
  }

  private void requireNoneOutside(long outside) {
    if (outside > 0) {
      throw AfpException.at(
          Location.file(definition.file()),
          ErrorCode.MODEL_FAILED,
          "Cannot write table %s: rows lie outside the interval of the run (rows=%d, interval=%s, column=%s)"
              .formatted(
                  definition.name(),
                  outside,
                  range.orElseThrow().label(),
                  definition.write().intervalColumn().orElseThrow()),
          "Filter the query by :interval_start and :interval_end on that column.");
    }
  }
}
