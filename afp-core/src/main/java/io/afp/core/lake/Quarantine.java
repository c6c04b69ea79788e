package io.afp.core.lake;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.lake.Measurement.Measured;
import io.afp.core.ledger.Metric;
import io.afp.core.measure.Moments;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import scala.collection.JavaConverters;

/**
 * Keeps rows that break checks out of a table. They are counted while the others are written; so
 * only where there are some, rows are computed a second time.
 *
 * <p>A row for which a check can't be evaluated goes into the table: the check is not measured
 * then, so that its verdict says it.
 */
public final class Quarantine {

  private static final String KEPT_OUT = "kept out";
  private static final String GIVEN = "given to the merge";
  private static final String BAD = "__bad";
  private static final String FIX =
      "Nothing was published. Take what differs from time to time, such as rand() or now(), out of"
          + " the query and of checks; if the source changed while it was read, run again.";

  private final TableDef table;
  private final Dataset<Row> rows;
  private final Optional<Interval> range;
  private final List<RowGuard> guards;
  private Measurement measurement;
  private Measurement merged;
  private Measured measured;
  private Measurement stored;

  private Quarantine(
      TableDef table, Dataset<Row> rows, Optional<Interval> range, List<RowGuard> guards) {
    this.table = table;
    this.rows = rows;
    this.range = range;
    this.guards = guards;
  }

  /**
   * The quarantine of rows that are to be written; empty where no check of the table keeps any out.
   *
   * @param declared without the columns that its source brought
   * @param range of time that they are all of
   */
  public static Optional<Quarantine> of(
      TableDef declared,
      Dataset<Row> rows,
      Optional<Interval> range,
      List<WriteObserver> observers) {
    if (!declared.hasQuarantine()) {
      return Optional.empty();
    }
    TableDef table = new LakeTables(rows.sparkSession()).evolved(declared);
    List<RowGuard> guards = guards(table, rows, observers);
    return guards.isEmpty()
        ? Optional.empty()
        : Optional.of(new Quarantine(table, rows, range, guards));
  }

  static List<RowGuard> guards(TableDef table, Dataset<Row> rows, List<WriteObserver> observers) {
    return table.hasQuarantine()
        ? observers.stream()
            .flatMap(o -> o.guards(table, rows.schema()).stream())
            .map(guard -> ofLiving(table, guard))
            .toList()
        : List.of();
  }

  /** A row that deletes its key is none of the table: to keep it out would leave the key there. */
  private static RowGuard ofLiving(TableDef table, RowGuard guard) {
    return MergeInput.deleted(table)
        .map(deleted -> guard.measure().where(not(deleted)))
        .map(living -> new RowGuard(guard.check(), guard.value(), guard.words(), living))
        .orElse(guard);
  }

  /**
   * The rows that go into the table. Where they are merged, all are counted before; and those that
   * are merged are counted too, because they are computed once more. So that as many others are not
   * taken for them, such as those of a database that has changed between, sums of hashes are
   * compared as well.
   *
   * @throws AfpException CHECK_BROKEN if a check can't be evaluated for one that would be merged
   */
  public Dataset<Row> kept() {
    if (table.write().mode().merges()) {
      measured = measurement(UnitSplit.none(), which()).scan(rows);
      requireMeasured();
      merged = new Measurement(List.of(which()));
      return merged.on(rows.filter(not(bad())));
    }
    measurement = measurement(UnitSplit.of(table, range));
    return measurement.on(rows).filter(not(bad()));
  }

  /** Of rows that are merged the gate does not see all. */
  private void requireMeasured() {
    List<Problem> broken =
        measured.failures().entrySet().stream()
            .map(failure -> broken(failure.getKey(), failure.getValue()))
            .toList();
    if (!broken.isEmpty()) {
      throw AfpException.of(broken);
    }
  }

  private Problem broken(String check, String reason) {
    return Problem.error(
        ErrorCode.CHECK_BROKEN,
        "Cannot keep rows out of %s: check %s can't be evaluated: %s"
            .formatted(table.name(), check, reason),
        Location.file(table.file()),
        "Mend the check, or leave rows that it fails on out of the source or query.");
  }

  private Measurement measurement(UnitSplit units, Measure... more) {
    List<Measure> all = new ArrayList<>(guards.stream().map(RowGuard::measure).toList());
    all.add(Measure.moments(KEPT_OUT, when(bad(), hash())));
    all.addAll(List.of(more));
    return new Measurement(all, units);
  }

  private Measure which() {
    return Measure.moments(GIVEN, hash());
  }

  /**
   * Of what tells rows apart and is the same when they are computed once more: of the key, and of
   * the column by which a table has intervals; without a key of what the checks read. Not of
   * fractions, whose sums depend on the order.
   */
  private Column hash() {
    Column[] columns =
        (table.key().isEmpty() ? judged() : identity())
            .distinct()
            .filter(name -> isExact(name))
            .map(name -> col(name))
            .toArray(Column[]::new);
    return columns.length == 0 ? lit(0L) : xxhash64(columns);
  }

  private Stream<String> identity() {
    return Stream.concat(table.key().stream(), table.write().intervalColumn().stream());
  }

  private Stream<String> judged() {
    return guards.stream()
        .flatMap(guard -> leaves(guard.measure().input()))
        .filter(leaf -> leaf instanceof Attribute)
        .map(leaf -> ((Attribute) leaf).name());
  }

  private static Stream<Expression> leaves(Column column) {
    return JavaConverters.seqAsJavaList(column.expr().collectLeaves()).stream();
  }

  private boolean isExact(String name) {
    return table
        .column(name)
        .map(column -> column.type().kind())
        .filter(kind -> kind != Kind.FLOAT && kind != Kind.DOUBLE)
        .isPresent();
  }

  /** A sum that is another one, as good as surely, where the rows are others. */
  private static BigDecimal sum(Measured measured, String rows) {
    return measured
        .of(rows)
        .map(metric -> ((Moments) metric.state()).exact())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Says that the others were written; what was counted is believed only if it adds up with the
   * rows that the commit has, or that were given to the merge.
   *
   * @throws AfpException if it does not either when the rows are counted once more
   */
  public void written(Written written) {
    if (merged != null) {
      Measured given = merged.result();
      requireAll(given.rows());
      requireOthers(given);
    } else if (measured == null) {
      measured = measurement.result();
      if (!addsUp(written.rows())) {
        measured = measurement(UnitSplit.of(table, range), which()).scan(rows);
        requireAll(written.rows());
        requireOthers(new Measurement(List.of(which())).scan(there(written)));
      }
    }
  }

  private Dataset<Row> there(Written written) {
    return new WrittenRows(rows.sparkSession(), table)
        .of(List.of(range), List.of(written.snapshotId()));
  }

  /** What is in the table has to be what was measured and not kept out. */
  private void requireOthers(Measured given) {
    requireSame(sum(measured, GIVEN).subtract(sum(measured, KEPT_OUT)), sum(given, GIVEN));
  }

  private boolean addsUp(long given) {
    return measured.rows() - keptOut() == given;
  }

  private void requireAll(long given) {
    if (!addsUp(given)) {
      throw new AfpException(
          ErrorCode.INTERNAL,
          "Cannot keep the quarantine of %s: the rows are not those that are in the table or kept out (rows=%d, given to the table=%d, kept out=%d)"
              .formatted(table.name(), measured.rows(), given, keptOut()),
          FIX);
    }
  }

  /**
   * Says that {@link #broken()} were stored.
   *
   * @throws AfpException if they are as many as were kept out, but others
   */
  public void stored() {
    requireSame(sum(measured, KEPT_OUT), sum(stored.result(), KEPT_OUT));
  }

  private void requireSame(BigDecimal counted, BigDecimal computed) {
    if (counted.compareTo(computed) != 0) {
      throw new AfpException(
          ErrorCode.INTERNAL,
          "Cannot keep the quarantine of %s: other rows break checks when they are computed again"
              .formatted(table.name()),
          FIX);
    }
  }

  /** How many rows were kept out. */
  public long keptOut() {
    return measured.of(KEPT_OUT).mapToLong(Metric::judged).sum();
  }

  /** What the checks measured, of all rows. */
  public List<Metric> metrics() {
    return measured.without(KEPT_OUT, GIVEN);
  }

  /**
   * The rows that were kept out: {@code interval_start}, {@code reasons}, the {@code record} and
   * its {@code file}.
   */
  public Dataset<Row> broken() {
    stored = new Measurement(List.of(Measure.moments(KEPT_OUT, hash())));
    return stored
        .on(rows.withColumn(BAD, bad()).filter(col(BAD)))
        .select(
            start().as(Conformed.INTERVAL_START),
            reasons(guards).as("reasons"),
            KeptRecord.of(table, rows).as("record"),
            file().as("file"));
  }

  /** All rows, those that were kept out too, where they are merged by key. */
  public GivenAgain given() {
    return new GivenAgain(table, rows);
  }

  /** A row outside of the range is not kept out, so that the write is refused for it. */
  private Column bad() {
    Column inside =
        range.map(r -> coalesce(TableWriter.inRange(table, r), lit(false))).orElse(lit(true));
    return inside.and(bad(guards));
  }

  /**
   * Whether a row breaks a check, and all of them can be evaluated for it: where one fails the gate
   * has to see the row, or it would find nothing wrong with that check.
   */
  static Column bad(List<RowGuard> guards) {
    Column broken = AnyOf.these(guards.stream().map(Quarantine::isBroken).toList());
    Column failed = AnyOf.these(guards.stream().map(guard -> obeys(guard).isNull()).toList());
    return broken.and(not(failed));
  }

  private static Column isBroken(RowGuard guard) {
    return not(coalesce(obeys(guard), lit(true)));
  }

  /** Whether a row obeys, or is not judged; null where the check fails for it. */
  private static Column obeys(RowGuard guard) {
    Column judged = coalesce(guard.measure().input(), lit(true));
    return new Column(new TryEval(judged.expr()));
  }

  /** What is wrong with a row: check, rule, severity, column, value and message of each breach. */
  static Column reasons(List<RowGuard> guards) {
    Column[] all =
        guards.stream().map(guard -> when(isBroken(guard), told(guard))).toArray(Column[]::new);
    return filter(array(all), reason -> reason.isNotNull());
  }

  private static Column told(RowGuard guard) {
    Column value = guard.value().cast("string");
    return struct(
        lit(guard.check().column().orElse("")).as("column"),
        lit(guard.check().name()).as("reason"),
        value.as("value"),
        ReasonWords.sentence(guard.words(), value).as("message"),
        lit(guard.check().rule().keyword()).as("rule"),
        lit(guard.check().severity().name().toLowerCase(Locale.ROOT)).as("severity"));
  }

  /** The start of the unit that a row belongs to. */
  private Column start() {
    if (range.isEmpty()) {
      return lit(null).cast("timestamp");
    }
    ColumnDef column = table.intervalColumn().orElseThrow();
    Column[] starts =
        range.get().units().stream()
            .map(unit -> lit(unit.boundsFor(column.type().kind()).start()))
            .toArray(Column[]::new);
    return array_max(filter(array(starts), start -> start.leq(col(column.name()))));
  }

  private Column file() {
    boolean known = Arrays.asList(rows.columns()).contains(RawRows.FILE);
    return (known ? col(RawRows.FILE) : lit(null)).cast("string");
  }
}
