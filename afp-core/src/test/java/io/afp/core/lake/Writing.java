package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;

import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Metric;
import io.afp.core.testing.TestLake;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Writes a table of days and numbers on one branch. */
final class Writing {

  private final SparkSession session;

  Writing(TestLake lake) {
    this(lake.on(lake.newBranch()));
  }

  Writing(SparkSession session) {
    this.session = session;
  }

  /** The table {@code core.a (day date, id int)}, by month. */
  static TableBuilder table() {
    return TableDef.named("core.a")
        .sql("SELECT 1")
        .column("day", "date")
        .column("id", "int")
        .partitionBy("month(day)");
  }

  static TableDef replaced() {
    return table().replaceIntervals("day").build();
  }

  static Optional<Interval> months(String text) {
    return Optional.of(Interval.parse(text, new IntervalDef(IntervalUnit.MONTH, ZoneOffset.UTC)));
  }

  SparkSession session() {
    return session;
  }

  /** Rows from texts such as {@code 2013-01-05 7}. */
  Dataset<Row> rows(String... rows) {
    Dataset<Row> none = session.sql("SELECT DATE '1970-01-01' day, 0 id WHERE false");
    for (String row : rows) {
      String[] parts = row.split(" ");
      none =
          none.unionAll(session.sql("SELECT date('%s'), int('%s')".formatted(parts[0], parts[1])));
    }
    return none;
  }

  TableWriter.Result write(TableDef table, Optional<Interval> range, String... rows) {
    return write(table, range, rows(rows));
  }

  TableWriter.Result write(TableDef table, Optional<Interval> range, Dataset<Row> rows) {
    return new TableWriter(session, Map.of("afp.run-id", "r1"), List.of(new BigIds()))
        .write(table, rows, range);
  }

  /** What was written, measured as if the measurement in the write could not be believed. */
  List<Metric> again(TableDef table, Optional<Interval> range, Written written) {
    Dataset<Row> rows =
        new WrittenRows(session, table).of(List.of(range), List.of(written.snapshotId()));
    return measured(table, range, rows).scanned(rows, written.rows());
  }

  static MeasuredRows measured(TableDef table, Optional<Interval> range, Dataset<Row> rows) {
    return new MeasuredRows(table, rows, range, List.of(new BigIds()));
  }

  /** The rows of the table, as texts, sorted. */
  List<String> read() {
    return session
        .sql("SELECT concat_ws(' ', day, id) FROM core.a ORDER BY day, id")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** The rows of a query as texts, fields separated by blanks, in their order. */
  List<String> texts(String query) {
    return session.sql(query).collectAsList().stream().map(row -> row.mkString(" ")).toList();
  }

  List<String> columns() {
    return List.of(session.table("core.a").columns());
  }

  Table iceberg() {
    return new LakeTables(session).find(replaced().name()).orElseThrow();
  }

  /** How many ids there are, and how many of them are larger than 1. */
  private static final class BigIds implements WriteObserver {
    @Override
    public List<Measure> observe(TableDef table, StructType schema) {
      return List.of(Measure.counts("big", col("id").gt(1)));
    }
  }
}
