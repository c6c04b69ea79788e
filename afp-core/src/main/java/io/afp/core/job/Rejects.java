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
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.Contract;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.lake.RecordPlaces;
import io.afp.core.lake.Rejudged;
import io.afp.core.lake.RowCount;
import io.afp.core.ledger.RejectCount;
import io.afp.core.spi.Filled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Stores what broke the contract of a source, beside its table: one row for each rejected row, with
 * its reasons, the record as it was read, the file and the place in it, and who judged it last.
 */
final class Rejects implements Judged {

  private final StepRunner step;
  private final SideRows side;

  Rejects(StepRunner step, SideRows side) {
    this.step = step;
    this.side = side;
  }

  /**
   * Stores the rejects of a range, if there are any or were any before, and counts them. What is
   * read beside earlier rows leaves their rejects; a record that is read again is one, and a file
   * that is read again has only those of now.
   *
   * @param accepted how many rows were not rejected
   */
  Filled store(Conformed rows, RowCount count, long accepted, Optional<Interval> range) {
    boolean believed = isBelieved(count.value(), accepted);
    long rejected = believed ? count.value().matching() : rows.rejected().count();
    Optional<RecordPlaces> places = believed ? count.places() : Optional.empty();
    boolean stay = step.keepsEarlierFiles() || range.isEmpty() && step.watermark().isPresent();
    long stored =
        side.store(
            () -> signed(side.withStart(rows.rejected(places), range)), rejected, range, stay);
    requireAll(rejected, stored);
    Column ofNow = stay ? col("run_id").equalTo(step.runId().toString()) : side.ofRange(range);
    List<RejectCount> reasons = rejected > 0 ? reasons(ofNow) : List.of();
    return new Filled(accepted + rejected, rejected, reasons);
  }

  /** Whether the stored record has all values, bit for bit; of bytes it has a text. */
  private boolean isComplete() {
    return !hasBytes() && !step.table().keepsValuesOut();
  }

  private boolean hasBytes() {
    return step.table().givenColumns().stream().anyMatch(c -> c.type().kind() == Kind.BINARY);
  }

  @Override
  public Filled replace(Rejudged rejects, Column changed, Column judged) {
    side.judgedAgain(rejects.rest(), changed, KeptOut.REJECTS.moment());
    return new Filled(rejects.all(), rejects.stays(), reasons(judged));
  }

  /**
   * Rejects with the columns that say which run judged them last, and when, and whether their
   * records have all values.
   */
  @Override
  public Dataset<Row> signed(Dataset<Row> rejected) {
    return rejected
        .withColumn("run_id", lit(step.runId().toString()))
        .withColumn(KeptOut.REJECTS.moment(), lit(Instant.now()))
        .withColumn(Rejudged.COMPLETE, lit(isComplete()))
        .withColumn(Rejudged.PROTECTED_BY, lit(protectedBy()).cast("string"));
  }

  /** Of a record that has not all of its other values nothing is said. */
  private String protectedBy() {
    Contract contract = step.contract(step.table(), List.of());
    return hasBytes() ? null : contract.protectedBy().orElse(null);
  }

  /**
   * What was counted on the way is believed only if it adds up with the rows that were written;
   * where there are none, rejects that Spark computed twice would do that too.
   */
  private static boolean isBelieved(RowCount.Counts counts, long accepted) {
    boolean addsUp = counts.all() - counts.matching() == accepted;
    return addsUp && (accepted > 0 || counts.all() == 0);
  }

  /**
   * An expression whose value differs from time to time may reject a row and then accept it; so may
   * a source that changes between the reads.
   */
  private void requireAll(long rejected, long stored) {
    if (stored != rejected) {
      throw new AfpException(
          ErrorCode.INTERNAL,
          "Cannot store the rejects of %s: other rows are rejected when they are read again (rejected=%d, read again=%d)"
              .formatted(step.table().name(), rejected, stored),
          "Nothing was published. Take what differs from time to time, such as rand() or now(), out"
              + " of expr; if the source changed while it was read, run again.");
    }
  }

  private List<RejectCount> reasons(Column filter) {
    Masked masked = new Masked(step.table(), KeptOut.REJECTS);
    return step
        .session()
        .table(side.table().toString())
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
