package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.WriteDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.lake.WriteObserver.Measurement;
import io.afp.core.ledger.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows to a table of the session's branch, one Iceberg commit a call, and measures them in
 * the same pass.
 *
 * <p>{@code replace}: afterwards the range (or the whole table) has exactly the given rows, also
 * when there are none. It is an overwrite by a literal filter, because an overwrite of the
 * partitions that happen to occur in the rows does nothing when there are no rows. {@code append}:
 * the rows are added; a range that has rows already is refused or replaced, as declared.
 *
 * <p>The metrics are only believed when their number of rows equals the number that the commit
 * added, because Spark counts rows twice when it repeats a stage; else they are computed again from
 * what was written.
 */
public final class TableWriter {

  private static final Logger log = LoggerFactory.getLogger(TableWriter.class);
  private static final String ADDED_ROWS = "added-records";
  private static final String ADDED_BYTES = "added-files-size";

  private final SparkSession session;
  private final LakeTables tables;
  private final Map<String, String> snapshotProperties;
  private final List<WriteObserver> observers;

  /**
   * A writer.
   *
   * @param snapshotProperties recorded in the summary of each snapshot
   */
  public TableWriter(
      SparkSession session, Map<String, String> snapshotProperties, List<WriteObserver> observers) {
    this.session = session;
    this.tables = new LakeTables(session);
    this.snapshotProperties = Map.copyOf(snapshotProperties);
    this.observers = List.copyOf(observers);
  }

  /**
   * A commit and what was measured in it.
   *
   * @param origin {@code write}, or {@code scan} where the measurement in the write could not be
   *     believed
   */
  public record Result(Written written, List<Metric> metrics, String origin) {}

  /**
   * Writes rows in the write mode of the table.
   *
   * @param rows has the declared columns, in any order
   * @param range the range of time that the rows are all of; empty for the whole table
   * @throws AfpException if a row lies outside the range, or the table can't be brought to its
   *     declaration
   */
  public Result write(TableDef definition, Dataset<Row> rows, Optional<Interval> range) {
    Table table = tables.ensure(definition);
    Dataset<Row> ordered = rows.select(columns(definition));
    Measured measured = new Measured(definition, ordered, range);
    DataFrameWriterV2<Row> writer = writer(definition.name(), measured.rows(), range);
    commit(definition, table, writer, range);
    table.refresh();
    return measured.result(table.currentSnapshot());
  }

  private void commit(
      TableDef definition, Table table, DataFrameWriterV2<Row> writer, Optional<Interval> range) {
    boolean append = definition.write().mode() == WriteDef.WriteMode.APPEND;
    if (append && !replacesOnRerun(definition, table, range)) {
      LakeErrors.run(definition.name(), writer::append);
    } else {
      Column filter = range.map(r -> inRange(definition, r)).orElse(lit(true));
      LakeErrors.run(definition.name(), () -> writer.overwrite(filter));
    }
  }

  private boolean replacesOnRerun(TableDef definition, Table table, Optional<Interval> range) {
    if (range.isEmpty() || table.currentSnapshot() == null) {
      return false;
    }
    if (definition.write().onRerun() == WriteDef.OnRerun.REPLACE) {
      return true;
    }
    Dataset<Row> there = rows(session, definition, range);
    if (!there.isEmpty()) {
      throw AfpException.at(
          Location.file(definition.file()),
          ErrorCode.INTERVAL_EXISTS,
          "Cannot append to table %s: it has rows of the interval already (interval=%s)"
              .formatted(definition.name(), range.get().label()),
          "Declare `write: { mode: append, on_rerun: replace }`, or leave the interval out.");
    }
    return false;
  }

  /**
   * Replaces the rows of a side table, such as the rejects of a source; it is created with the
   * columns of the rows.
   *
   * @param filter which rows of the table the new rows replace
   */
  public Written replaceBeside(TableName name, Dataset<Row> rows, Column filter) {
    Table table =
        tables
            .find(name)
            .orElseGet(
                () ->
                    tables.create(
                        name,
                        org.apache.iceberg.spark.SparkSchemaUtil.convert(rows.schema()),
                        org.apache.iceberg.PartitionSpec.unpartitioned()));
    LakeErrors.run(name, () -> writer(name, rows, Optional.empty()).overwrite(filter));
    table.refresh();
    return written(table.currentSnapshot());
  }

  private DataFrameWriterV2<Row> writer(
      TableName name, Dataset<Row> rows, Optional<Interval> range) {
    DataFrameWriterV2<Row> writer = rows.writeTo(name.toString());
    snapshotProperties.forEach((key, value) -> writer.option("snapshot-property." + key, value));
    range.ifPresent(r -> writer.option("snapshot-property.afp.interval", r.label()));
    return writer;
  }

  /** The rows of a table that lie in a range; all of them without one. */
  public static Dataset<Row> rows(
      SparkSession session, TableDef definition, Optional<Interval> range) {
    Dataset<Row> all = session.table(definition.name().toString());
    return range.map(r -> all.filter(inRange(definition, r))).orElse(all);
  }

  private static Column inRange(TableDef definition, Interval range) {
    ColumnDef column = definition.intervalColumn().orElseThrow();
    Interval.Bounds bounds = range.boundsFor(column.type().kind());
    return col(column.name())
        .geq(lit(bounds.start()))
        .and(col(column.name()).lt(lit(bounds.end())));
  }

  private static Column[] columns(TableDef definition) {
    return definition.columns().stream().map(c -> col(c.name())).toArray(Column[]::new);
  }

  private static Written written(Snapshot snapshot) {
    return new Written(
        summary(snapshot, ADDED_ROWS), summary(snapshot, ADDED_BYTES), snapshot.snapshotId());
  }

  private static long summary(Snapshot snapshot, String key) {
    return Long.parseLong(snapshot.summary().getOrDefault(key, "0"));
  }

  /** The measurement that rides on one write. */
  private final class Measured {
    private final TableDef definition;
    private final Optional<Interval> range;
    private final Dataset<Row> input;
    private final Observation observation = new Observation();
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Column> aggregates = new ArrayList<>();

    Measured(TableDef definition, Dataset<Row> input, Optional<Interval> range) {
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

    private Column outside() {
      Column strange =
          range.map(r -> not(inRange(definition, r)).or(intervalIsNull())).orElse(lit(false));
      return sum(when(strange, lit(1L)).otherwise(lit(0L)));
    }

    private Column intervalIsNull() {
      return col(definition.write().intervalColumn().orElseThrow()).isNull();
    }

    Dataset<Row> rows() {
      Column[] named = named();
      return input.observe(observation, named[0], rest(named));
    }

    /** Observations collapse columns of one name, so each gets its own. */
    private Column[] named() {
      Column[] named = new Column[aggregates.size()];
      for (int i = 0; i < named.length; i++) {
        named[i] = aggregates.get(i).as("m" + i);
      }
      return named;
    }

    private Column[] rest(Column[] columns) {
      return java.util.Arrays.copyOfRange(columns, 1, columns.length);
    }

    Result result(Snapshot snapshot) {
      Written written = written(snapshot);
      Row row = Observations.row(observation, aggregates.size());
      if (row != null && row.getLong(0) == written.rows()) {
        requireNoneOutside(row.isNullAt(1) ? 0 : row.getLong(1));
        return new Result(written, metrics(row), "write");
      }
      log.info(
          "The measurement of {} counts other rows than were written; they are measured again",
          definition.name());
      row = scan(snapshot);
      requireNoneOutside(written.rows() - row.getLong(0));
      return new Result(written, metrics(row), "scan");
    }

    /** What was written into the range; rows outside of it are found by their number alone. */
    private Row scan(Snapshot snapshot) {
      Column[] named = named();
      return new WrittenRows(session, definition)
          .of(List.of(range), List.of(snapshot.snapshotId()))
          .agg(named[0], rest(named))
          .head();
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
}
