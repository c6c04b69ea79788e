package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.WriteDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.ledger.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
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
 * the rows are added; a range that has rows already is refused or replaced, as declared. The modes
 * that merge rows by key are described at {@link UpsertMerge}, {@link Scd2Merge} and {@link
 * SnapshotMerge}; they write what they keep beside the table in commits of their own, before that
 * of the table, which names them: see {@link MergeTrail}.
 *
 * <p>The metrics are only believed when their number of rows equals the number that the commit
 * added, because Spark counts rows twice when it repeats a stage; else they are computed again from
 * what was written.
 */
public final class TableWriter {

  private static final Logger log = LoggerFactory.getLogger(TableWriter.class);
  private static final String ADDED_ROWS = "added-records";
  private static final String ADDED_BYTES = "added-files-size";
  private static final String ADDED_FILES = "added-data-files";

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
   * @param given how many rows were given to be written; empty where that is not known
   * @param origin {@code write}, or {@code scan} where the measurement in the write could not be
   *     believed
   */
  public record Result(Written written, OptionalLong given, List<Metric> metrics, String origin) {

    private static Result ofAll(Written written, List<Metric> metrics, String origin) {
      return new Result(written, OptionalLong.of(written.rows()), metrics, origin);
    }
  }

  /**
   * Writes rows in the write mode of the table.
   *
   * @param rows has the declared columns, in any order; those that the source of the table brought
   *     are null where they are not among them
   * @param range the range of time that the rows are all of; empty for the whole table
   * @throws AfpException if a row lies outside the range, or the table can't be brought to its
   *     declaration
   */
  public Result write(TableDef definition, Dataset<Row> rows, Optional<Interval> range) {
    return write(definition, rows, range, WriteTasks::of);
  }

  /**
   * The same of rows that are made of all rows of a source, but for some.
   *
   * @throws AfpException as {@link #write} does
   */
  public Result load(TableDef definition, Dataset<Row> rows, Optional<Interval> range) {
    return write(definition, rows, range, WriteTasks::ofFiles);
  }

  /** How rows are divided among the tasks that write them. */
  private interface Division {
    Dataset<Row> of(WriteTasks tasks, Dataset<Row> rows);
  }

  /** Columns that only the table has are null. */
  private static Dataset<Row> completed(TableDef declared, TableDef evolved, Dataset<Row> rows) {
    Set<String> known = new HashSet<>(List.of(rows.columns()));
    declared.columns().forEach(column -> known.add(column.name()));
    List<Column> columns = new ArrayList<>(List.of(col("*")));
    evolved.columns().stream()
        .filter(c -> !known.contains(c.name()))
        .forEach(c -> columns.add(lit(null).cast(c.type().sql()).as(c.name())));
    return columns.size() == 1 ? rows : rows.select(columns.toArray(Column[]::new));
  }

  private Result write(
      TableDef declared, Dataset<Row> rows, Optional<Interval> range, Division division) {
    LakeTables.Ensured ensured = tables.ensure(declared);
    TableDef definition = EvolvedColumns.added(declared, ensured.table());
    Dataset<Row> complete = completed(declared, definition, rows);
    if (definition.write().mode().merges()) {
      return merge(new MergeInput(definition, complete, range), ensured);
    }
    Table table = ensured.table();
    WriteTasks tasks = new WriteTasks(session, definition.name(), table);
    Dataset<Row> divided = division.of(tasks, complete.select(columns(definition)));
    MeasuredRows measured = new MeasuredRows(definition, divided, range, observers);
    DataFrameWriterV2<Row> writer = tasks.writer(measured.rows(), properties(range));
    commit(definition, table, writer, range);
    table.refresh();
    Written written = written(table.currentSnapshot());
    return measured
        .observed(written)
        .map(metrics -> Result.ofAll(written, metrics, "write"))
        .orElseGet(() -> Result.ofAll(written, scanned(measured, written, range), "scan"));
  }

  /**
   * Adds rows to those that a table has, of whatever range they are: those of a table whose rows
   * are merged are merged, all others are appended and not measured.
   *
   * @param rows has the declared columns, in any order
   */
  public Result add(TableDef definition, Dataset<Row> rows) {
    LakeTables.Ensured ensured = tables.ensure(definition);
    TableDef evolved = EvolvedColumns.added(definition, ensured.table());
    Dataset<Row> complete = completed(definition, evolved, rows);
    if (definition.write().mode().merges()) {
      return merge(new MergeInput(evolved, complete, Optional.empty()), ensured);
    }
    Table table = ensured.table();
    WriteTasks tasks = new WriteTasks(session, definition.name(), table);
    Dataset<Row> divided = tasks.of(complete.select(columns(evolved)));
    LakeErrors.run(definition.name(), tasks.writer(divided, snapshotProperties)::append);
    table.refresh();
    return Result.ofAll(written(table.currentSnapshot()), List.of(), "scan");
  }

  /**
   * Takes all rows out of a table and of those that are kept beside it, and brings it to its
   * declaration, whatever that changes.
   */
  public Renewal renew(TableDef definition) {
    return Renewal.of(definition, tables, snapshotProperties);
  }

  /**
   * Takes the rows of files out of a table.
   *
   * @param files as {@code metadata.source} of the table has them
   * @throws AfpException APPENDED_FILE_CHANGED if rows of the table do not say of which file they
   *     are
   */
  public void takeOut(TableDef definition, Collection<String> files) {
    Column source = col(definition.metadata().source().orElseThrow());
    tables.ensure(definition);
    if (!rows(session, definition, Optional.empty()).filter(source.isNull()).isEmpty()) {
      throw AfpException.at(
          Location.file(definition.file()),
          ErrorCode.APPENDED_FILE_CHANGED,
          "Cannot load files into %s again: rows of it do not say of which file they are (column=%s)"
              .formatted(definition.name(), source),
          "Build the table anew by --full-refresh, or write on_change: warn to leave their rows as"
              + " they are.");
    }
    new Merge(session, snapshotProperties).delete(definition.name(), source.isin(files.toArray()));
  }

  /** What was written into the range; rows outside of it are found by their number alone. */
  private List<Metric> scanned(MeasuredRows measured, Written written, Optional<Interval> range) {
    log.info(
        "The measurement of {} counts other rows than were written; they are measured again",
        measured.definition().name());
    Dataset<Row> rows =
        new WrittenRows(session, measured.definition())
            .of(List.of(range), List.of(written.snapshotId()));
    return measured.scanned(rows, written.rows());
  }

  private Result merge(MergeInput input, LakeTables.Ensured ensured) {
    MergeTarget target =
        new MergeTarget(session, input.table(), ensured, properties(input.range()));
    target.trail().requireUnbroken();
    MergedQuantities quantities = new MergedQuantities(input, observers);
    Merging merging = target.merging(quantities.input());
    Changes changes = merging.changes();
    List<Metric> metrics =
        new ArrayList<>(
            new MeasuredRows(input.table(), changes.written(), Optional.empty(), observers)
                .changed(changes.writes()));
    metrics.addAll(quantities.metrics(merging.given()));
    merging.remember();
    Snapshot snapshot = target.apply(changes);
    Written written =
        new Written(
            changes.writes(),
            summary(snapshot, ADDED_BYTES),
            summary(snapshot, ADDED_FILES),
            snapshot.snapshotId());
    return new Result(written, merging.given(), metrics, "write");
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
          "Declare `write: { mode: append, on_rerun: replace }`, so that a rerun takes their"
              + " place.");
    }
    return false;
  }

  /**
   * Replaces the rows of a side table, such as the rejects of a source; it is created with the
   * columns of the rows.
   *
   * @param filter which rows of the table the new rows replace
   * @param part the column whose values the filter tells apart: a part of a file can't be replaced
   */
  public Written replaceBeside(TableName name, Dataset<Row> rows, Column filter, String part) {
    Table table = new SideTable(session, name, snapshotProperties).replace(rows, filter, part);
    return written(table.currentSnapshot());
  }

  /**
   * Adds rows to a side table; it is created with the columns of the rows.
   *
   * @param part the column by which it is divided then
   */
  public Written appendBeside(TableName name, Dataset<Row> rows, String part) {
    Table table = new SideTable(session, name, snapshotProperties).append(rows, part);
    return written(table.currentSnapshot());
  }

  /**
   * Takes rows out of a side table, without reading any.
   *
   * @param filter whole values of the column whose values it tells apart
   * @return whether there were any
   */
  public boolean deleteBeside(TableName name, Column filter) {
    return new SideTable(session, name, snapshotProperties).delete(filter);
  }

  /** What the summary of a snapshot says. */
  private Map<String, String> properties(Optional<Interval> range) {
    Map<String, String> properties = new HashMap<>(snapshotProperties);
    range.ifPresent(r -> properties.put("afp.interval", r.label()));
    return properties;
  }

  /** The rows of a table that lie in a range; all of them without one. */
  public static Dataset<Row> rows(
      SparkSession session, TableDef definition, Optional<Interval> range) {
    Dataset<Row> all = session.table(definition.name().toString());
    return range.map(r -> all.filter(inRange(definition, r))).orElse(all);
  }

  static Column inRange(TableDef definition, Interval range) {
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
        summary(snapshot, ADDED_ROWS),
        summary(snapshot, ADDED_BYTES),
        summary(snapshot, ADDED_FILES),
        snapshot.snapshotId());
  }

  private static long summary(Snapshot snapshot, String key) {
    return Long.parseLong(snapshot.summary().getOrDefault(key, "0"));
  }
}
