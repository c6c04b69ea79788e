package io.afp.core.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Interval;
import io.afp.core.definition.TableName;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.lake.Counter;
import io.afp.core.lake.LakeTables;
import io.afp.core.lake.TableWriter;
import io.afp.core.lake.Written;
import io.afp.core.ledger.RejectCount;
import io.afp.core.spi.Filled;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Stores what broke the contract of a source, beside its table: one row for each rejected row, with
 * its reasons, the record as it was read, and the file.
 */
final class Rejects {

  private static final String MASK = "******";

  private final StepRunner step;
  private final TableWriter writer;
  private final Set<TableName> wrote;

  Rejects(StepRunner step, TableWriter writer, Set<TableName> wrote) {
    this.step = step;
    this.writer = writer;
    this.wrote = wrote;
  }

  /** Stores the rejects of a range, if there are any or were any before, and counts them. */
  Filled store(Conformed rows, Counter counter, Written written, Optional<Interval> range) {
    long rejected = rejected(rows, counter, written);
    TableName table = step.table().name().rejects();
    boolean exists = new LakeTables(step.session()).find(table).isPresent();
    if (rejected > 0 || exists) {
      replace(table, rows, range);
    }
    List<RejectCount> reasons = rejected > 0 ? reasons(table, range) : List.of();
    return new Filled(written.rows() + rejected, rejected, reasons);
  }

  /**
   * What was counted on the way is believed only if it adds up with the rows that the commit has.
   */
  private static long rejected(Conformed rows, Counter counter, Written written) {
    Counter.Counts counts = counter.counts();
    boolean believed = counts != null && counts.all() - counts.matching() == written.rows();
    return believed ? counts.matching() : rows.rejected().count();
  }

  private void replace(TableName table, Conformed rows, Optional<Interval> range) {
    wrote.add(table);
    Dataset<Row> rejected = withStart(rows.rejected(), range);
    writer.replaceBeside(table, rejected, ofRange(range), Conformed.INTERVAL_START);
  }

  private Dataset<Row> withStart(Dataset<Row> rejected, Optional<Interval> range) {
    Column known = col(Conformed.INTERVAL_START);
    Column start =
        range.map(r -> coalesce(known, lit(bounds(r).start()))).orElse(known.cast("timestamp"));
    return rejected.withColumn(Conformed.INTERVAL_START, start);
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

  /** What the ledger and the report show; a personal value is only in the table of the rejects. */
  private String shown(String column, String value) {
    boolean personal =
        column.isEmpty()
            ? step.table().columns().stream().anyMatch(ColumnDef::pii)
            : step.table().column(column).map(ColumnDef::pii).orElse(false);
    return personal && value != null ? MASK : value;
  }

  private List<RejectCount> reasons(TableName table, Optional<Interval> range) {
    return step
        .session()
        .table(table.toString())
        .filter(ofRange(range))
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
                    shown(row.getString(0), row.getString(3)),
                    row.getString(4)))
        .toList();
  }
}
