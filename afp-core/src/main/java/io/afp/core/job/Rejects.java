package io.afp.core.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.Interval;
import io.afp.core.definition.TableName;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.Contract;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.lake.LakeTables;
import io.afp.core.lake.RecordPlaces;
import io.afp.core.lake.Rejudged;
import io.afp.core.lake.RowCount;
import io.afp.core.lake.TableWriter;
import io.afp.core.lake.Written;
import io.afp.core.ledger.RejectCount;
import io.afp.core.spi.Filled;
import io.afp.core.spi.Inputs.FileInput;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Stores what broke the contract of a source, beside its table: one row for each rejected row, with
 * its reasons, the record as it was read, the file and the place in it, and who judged it last.
 */
final class Rejects {

  private static final String[] FILE = {"file"};

  private final StepRunner step;
  private final TableWriter writer;
  private final Set<TableName> wrote;

  Rejects(StepRunner step, TableWriter writer, Set<TableName> wrote) {
    this.step = step;
    this.writer = writer;
    this.wrote = wrote;
  }

  /** Stores the rejects of a range, if there are any or were any before, and counts them. */
  Filled store(Conformed rows, RowCount count, Written written, Optional<Interval> range) {
    long rejected = rejected(rows, count.value(), written);
    TableName table = step.table().name().rejects();
    if (step.keepsEarlierFiles() || range.isEmpty() && step.watermark().isPresent()) {
      return storeMore(table, rows, rejected, written);
    }
    if (rejected > 0) {
      Optional<RecordPlaces> places =
          counted(count.value(), written) ? count.places() : Optional.empty();
      Dataset<Row> read = withStart(rows.rejected(places), range);
      Written stored = replace(table, read, ofRange(range));
      places.ifPresent(known -> requireAll(rejected, stored));
    } else if (writer.deleteBeside(table, ofRange(range))) {
      wrote.add(table);
    }
    List<RejectCount> reasons = rejected > 0 ? reasons(table, ofRange(range)) : List.of();
    return new Filled(written.rows() + rejected, rejected, reasons);
  }

  /**
   * What is read beside earlier rows leaves their rejects; a record that is read again is one, and
   * a file that is read again has only those of now.
   */
  private Filled storeMore(TableName table, Conformed rows, long rejected, Written written) {
    if (rejected == 0 && !hasSomeOfFiles(table)) {
      return Filled.of(written.rows());
    }
    Dataset<Row> fresh = withStart(rows.rejected(), Optional.empty()).persist();
    try {
      replace(table, withEarlier(table, fresh), lit(true));
    } finally {
      fresh.unpersist();
    }
    List<RejectCount> reasons = reasons(table, col("run_id").equalTo(step.runId().toString()));
    return new Filled(written.rows() + rejected, rejected, reasons);
  }

  private Dataset<Row> withEarlier(TableName table, Dataset<Row> fresh) {
    if (new LakeTables(step.session()).find(table).isEmpty()) {
      return fresh;
    }
    Dataset<Row> earlier = step.session().table(table.toString());
    if (step.keepsEarlierFiles()) {
      return fresh.unionByName(earlier.join(files(), FILE, "left_anti"), true);
    }
    String[] record = {"record"};
    return fresh.unionByName(
        readsAgain() ? earlier.join(fresh.select("record"), record, "left_anti") : earlier, true);
  }

  /** Whether the files that were read have left rejects before. */
  private boolean hasSomeOfFiles(TableName table) {
    return step.keepsEarlierFiles()
        && new LakeTables(step.session()).find(table).isPresent()
        && !step.session().table(table.toString()).join(files(), FILE, "left_semi").isEmpty();
  }

  private Dataset<Row> files() {
    List<String> addresses =
        step.inputs().files().values().stream()
            .flatMap(List::stream)
            .map(FileInput::address)
            .toList();
    return step.session().createDataset(addresses, Encoders.STRING()).toDF(FILE);
  }

  /**
   * Whether equal records are one that was read twice: append reads none twice, and where values
   * are kept out, records of several rows may look the same.
   */
  private boolean readsAgain() {
    return step.table().write().mode() != WriteMode.APPEND && !step.table().keepsValuesOut();
  }

  /** Whether the stored record has all values, bit for bit; of bytes it has a text. */
  private boolean isComplete() {
    return !hasBytes() && !step.table().keepsValuesOut();
  }

  private boolean hasBytes() {
    return step.table().givenColumns().stream().anyMatch(c -> c.type().kind() == Kind.BINARY);
  }

  /**
   * Stores rejects that were judged again.
   *
   * @param changed the rejects of the units that have others now
   * @param judged those of all units that were judged
   */
  Filled replace(Rejudged rejects, Column changed, Column judged) {
    TableName table = step.table().name().rejects();
    replace(table, rejects.rest().filter(changed), changed);
    return new Filled(rejects.all(), rejects.stays(), reasons(table, judged));
  }

  /**
   * Rejects with the columns that say which run judged them last, and when, and whether their
   * records have all values.
   */
  Dataset<Row> signed(Dataset<Row> rejected) {
    return rejected
        .withColumn("run_id", lit(step.runId().toString()))
        .withColumn("rejected_at", lit(Instant.now()))
        .withColumn(Rejudged.COMPLETE, lit(isComplete()))
        .withColumn(Rejudged.PROTECTED_BY, lit(protectedBy()).cast("string"));
  }

  /** Of a record that has not all of its other values nothing is said. */
  private String protectedBy() {
    Contract contract = step.contract(step.table(), List.of());
    return hasBytes() ? null : contract.protectedBy().orElse(null);
  }

  /**
   * What was counted on the way is believed only if it adds up with the rows that the commit has;
   * where it has none, rejects that Spark computed twice would do that too.
   */
  private static long rejected(Conformed rows, RowCount.Counts counts, Written written) {
    return counted(counts, written) ? counts.matching() : rows.rejected().count();
  }

  private static boolean counted(RowCount.Counts counts, Written written) {
    boolean addsUp = counts.all() - counts.matching() == written.rows();
    return addsUp && (written.rows() > 0 || counts.all() == 0);
  }

  /** An expression whose value differs from time to time may reject a row and then accept it. */
  private void requireAll(long rejected, Written stored) {
    if (stored.rows() != rejected) {
      throw new AfpException(
          ErrorCode.INTERNAL,
          "Cannot store the rejects of %s: other rows are rejected when they are read again (rejected=%d, read again=%d)"
              .formatted(step.table().name(), rejected, stored.rows()),
          "Nothing was published. Take what differs from time to time, such as rand() or now(), out of expr.");
    }
  }

  private Written replace(TableName table, Dataset<Row> rejected, Column filter) {
    wrote.add(table);
    return writer.replaceBeside(table, rejected, filter, Conformed.INTERVAL_START);
  }

  private Dataset<Row> withStart(Dataset<Row> rejected, Optional<Interval> range) {
    Column known = col(Conformed.INTERVAL_START);
    Column start =
        range.map(r -> coalesce(known, lit(bounds(r).start()))).orElse(known.cast("timestamp"));
    return signed(rejected.withColumn(Conformed.INTERVAL_START, start));
  }

  private Interval.Bounds bounds(Interval range) {
    return range.boundsFor(step.table().intervalColumn().orElseThrow().type().kind());
  }

  private Column ofRange(Optional<Interval> range) {
    Column start = col(Conformed.INTERVAL_START);
    return range
        .map(this::bounds)
        .map(b -> start.geq(lit(b.start())).and(start.lt(lit(b.end()))))
        .orElse(lit(true));
  }

  private List<RejectCount> reasons(TableName table, Column filter) {
    Masked masked = new Masked(step.table());
    return step
        .session()
        .table(table.toString())
        .filter(filter)
        .select(explode(col("reasons")).as("r"), col("file"))
        .groupBy(col("r.column"), col("r.reason"))
        .agg(
            count(lit(1)),
            min(col("r.value")),
            coalesce(min_by(col("file"), col("r.value")), min(col("file"))))
        .collectAsList()
        .stream()
        .map(
            row ->
                new RejectCount(
                    row.getString(0),
                    row.getString(1),
                    row.getLong(2),
                    masked.value(row.getString(0), row.getString(3)),
                    row.getString(4)))
        .toList();
  }
}
