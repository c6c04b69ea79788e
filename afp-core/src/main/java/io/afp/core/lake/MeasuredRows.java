package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.lake.WriteObserver.Measurement;
import io.afp.core.ledger.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows that are measured on their way into a table. */
final class MeasuredRows {

  private final TableDef definition;
  private final Optional<Interval> range;
  private final Dataset<Row> input;
  private final Observation observation = new Observation();
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Column> aggregates = new ArrayList<>();

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
    aggregates.add(count(lit(1)));
    aggregates.add(outside());
    for (WriteObserver observer : observers) {
      Measurement measurement = observer.observe(definition, input.schema());
      measurements.add(measurement);
      aggregates.addAll(measurement.columns());
    }
  }

  TableDef definition() {
    return definition;
  }

  private Column outside() {
    Column strange =
        range
            .map(r -> not(TableWriter.inRange(definition, r)).or(intervalIsNull()))
            .orElse(lit(false));
    return sum(when(strange, lit(1L)).otherwise(lit(0L)));
  }

  private Column intervalIsNull() {
    return col(definition.write().intervalColumn().orElseThrow()).isNull();
  }

  /** The rows, to be written. */
  Dataset<Row> rows() {
    return Observations.observe(input, observation, aggregates);
  }

  /**
   * What was measured when {@link #rows()} were written; empty when it counts other rows than were
   * written.
   *
   * @throws AfpException if rows lie outside the range
   */
  Optional<List<Metric>> observed(Written written) {
    Row row = Observations.row(observation, aggregates.size());
    if (row == null || row.getLong(0) != written.rows()) {
      return Optional.empty();
    }
    requireNoneOutside(row.isNullAt(1) ? 0 : row.getLong(1));
    return Optional.of(metrics(row));
  }

  /**
   * The same, measured again in a pass over the rows of the range.
   *
   * @param written how many rows were written
   * @throws AfpException if others were written outside the range
   */
  List<Metric> scanned(Dataset<Row> ofRange, long written) {
    Row row = Observations.measure(ofRange, aggregates);
    requireNoneOutside(written - row.getLong(0));
    return metrics(row);
  }

  /**
   * The metrics of the rows as they are, in a pass of its own where more than their number is
   * asked.
   *
   * @param known how many rows there are
   */
  List<Metric> all(long known) {
    boolean onlyCounted = measurements.stream().allMatch(m -> m.columns().isEmpty());
    return metrics(
        onlyCounted ? RowFactory.create(known, 0L) : Observations.measure(input, aggregates));
  }

  private List<Metric> metrics(Row row) {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(new Metric("rows", row.getLong(0), row.getLong(0)));
    int offset = 2;
    for (Measurement measurement : measurements) {
      metrics.addAll(measurement.read(row, offset));
      offset += measurement.columns().size();
    }
    return metrics;
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
