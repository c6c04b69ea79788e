package io.afp.core.job;

import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.Interval;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.GivenAgain;
import io.afp.core.lake.Quarantine;
import io.afp.core.lake.Rejudged;
import io.afp.core.lake.Written;
import io.afp.core.spi.Filled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Stores the rows that checks keep out of a table, beside it: uncapped, with every reason. */
final class Quarantining implements Judged {

  private final StepRunner step;
  private final SideRows side;

  Quarantining(StepRunner step, SideRows side) {
    this.step = step;
    this.side = side;
  }

  /**
   * Stores what was kept out of a range, if it is any or was any before.
   *
   * @return how many rows that are
   */
  long store(Quarantine quarantine, Written written, Optional<Interval> range) {
    quarantine.written(written);
    long keptOut = quarantine.keptOut();
    Supplier<Dataset<Row>> rows = () -> stored(quarantine, written, range);
    requireAll(
        keptOut,
        mergesAll(range)
            ? side.storeBeside(rows, keptOut, quarantine.given()::others)
            : side.store(rows, keptOut, range, staysBeside(range)));
    if (keptOut > 0) {
      quarantine.stored();
    }
    return keptOut;
  }

  /**
   * Takes out what a table had before its checks kept no row out any more.
   *
   * @param rows all that were given to it
   */
  void clear(Dataset<Row> rows, Optional<Interval> range) {
    if (mergesAll(range)) {
      side.keep(new GivenAgain(step.table(), rows)::others);
    } else {
      side.clear(range, staysBeside(range));
    }
  }

  /** Whether rows are merged by key that are neither those of an interval nor of files. */
  private boolean mergesAll(Optional<Interval> range) {
    return step.table().write().mode().merges() && range.isEmpty() && !step.keepsEarlierFiles();
  }

  /** Whether the rows are added to those that the table has, so that theirs stay too. */
  private boolean staysBeside(Optional<Interval> range) {
    boolean appends = step.table().write().mode() == WriteMode.APPEND;
    return step.keepsEarlierFiles() || range.isEmpty() && appends;
  }

  private Dataset<Row> stored(Quarantine quarantine, Written written, Optional<Interval> range) {
    Dataset<Row> rows = side.withStart(quarantine.broken(), range);
    return signed(rows.withColumn("snapshot_id", lit(written.snapshotId())));
  }

  /** A row whose values differ from time to time may obey once and then not. */
  private void requireAll(long keptOut, long stored) {
    if (stored != keptOut) {
      throw new AfpException(
          ErrorCode.INTERNAL,
          "Cannot keep the quarantine of %s: other rows break checks when they are computed again (kept out=%d, computed again=%d)"
              .formatted(step.table().name(), keptOut, stored),
          "Nothing was published. Take what differs from time to time, such as rand() or now(), out"
              + " of the query and of checks.");
    }
  }

  @Override
  public Dataset<Row> signed(Dataset<Row> rows) {
    return rows.withColumn("run_id", lit(step.runId().toString()))
        .withColumn(KeptOut.QUARANTINE.moment(), lit(Instant.now()));
  }

  @Override
  public Filled replace(Rejudged rows, Column changed, Column judged) {
    side.judgedAgain(rows.rest(), changed, KeptOut.QUARANTINE.moment());
    return new Filled(rows.all(), rows.stays(), List.of());
  }
}
