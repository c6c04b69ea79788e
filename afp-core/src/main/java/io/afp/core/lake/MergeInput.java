package io.afp.core.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that a run gives to a table whose rows are merged by key.
 *
 * @param rows as they are given
 * @param range the range of time that they are all of
 */
record MergeInput(TableDef table, Dataset<Row> rows, Optional<Interval> range) {

  /** Whether a row deletes its key. */
  static final String DELETED = "__deleted";

  List<String> key() {
    return table.key();
  }

  /** The column with the time in which a row was true. */
  String time() {
    return table.write().eventTime().orElseThrow();
  }

  /**
   * The columns that are neither key nor time nor flag, in the order in which they decide between
   * rows. It is that of their names: columns may be declared in another order tomorrow.
   */
  List<String> values() {
    return given()
        .filter(c -> !key().contains(c) && !c.equals(time()) && !isFlag(c))
        .sorted()
        .toList();
  }

  /** The values that make a new version when they change; the interval is none of them. */
  List<String> compared() {
    return values().stream().filter(c -> !isInterval(c)).toList();
  }

  boolean isFlag(String column) {
    return table.write().deleteFlag().filter(column::equals).isPresent();
  }

  private boolean isInterval(String column) {
    return table.write().intervalColumn().filter(column::equals).isPresent();
  }

  /** The columns that say where a row comes from: they never make a row another one. */
  List<String> metadata() {
    return table.metadata().names();
  }

  private Stream<String> given() {
    return table.givenColumns().stream().map(ColumnDef::name);
  }

  /**
   * The written columns without the flag, and {@link #DELETED}. Zeros lose their sign, because
   * Spark holds both for equal and would keep the one that comes first.
   */
  Dataset<Row> prepared(Counter counter) {
    Stream<Column> columns =
        table.writtenColumns().stream().filter(c -> !isFlag(c.name())).map(MergeInput::unsigned);
    return counter
        .through(rows, strange())
        .select(Stream.concat(columns, Stream.of(deleted().as(DELETED))).toArray(Column[]::new));
  }

  private static Column unsigned(ColumnDef column) {
    Column value = col(column.name());
    boolean fraction = column.type().kind() == Kind.FLOAT || column.type().kind() == Kind.DOUBLE;
    return fraction
        ? when(value.equalTo(0), lit(0).cast(column.type().sql()))
            .otherwise(value)
            .as(column.name())
        : value;
  }

  /** Whether a row deletes its key; never null. */
  Column deleted() {
    return deleted(table).orElse(lit(false));
  }

  /** The same of the rows of a table; empty where no column says it. */
  static Optional<Column> deleted(TableDef table) {
    return table.write().deleteFlag().map(flag -> coalesce(col(flag), lit(false)));
  }

  /** The columns of the table, where they have the same names; the flag of a living row is off. */
  Column[] living(Column... more) {
    Stream<Column> columns =
        table.columns().stream()
            .map(c -> isFlag(c.name()) ? lit(false).as(c.name()) : col(c.name()));
    return Stream.concat(columns, Stream.of(more)).toArray(Column[]::new);
  }

  List<String> keyAndTime() {
    return Stream.concat(key().stream(), Stream.of(time())).toList();
  }

  /** A struct of a constant and these columns: never null, never empty, ordered by the columns. */
  static Column values(Stream<String> names) {
    return struct(
        columns(
            List.of(), Stream.concat(Stream.of(lit(true).as("__any")), names.map(n -> col(n)))));
  }

  /** Columns by their names, and others behind them. */
  static Column[] columns(List<String> names, Column... more) {
    return columns(names, Stream.of(more));
  }

  private static Column[] columns(List<String> names, Stream<Column> more) {
    return Stream.concat(names.stream().map(n -> col(n)), more).toArray(Column[]::new);
  }

  private Column strange() {
    return Stream.concat(needed().map(c -> col(c).isNull()), range.map(this::outside).stream())
        .reduce(Column::or)
        .orElseThrow();
  }

  private Stream<String> needed() {
    return Stream.concat(key().stream(), Stream.of(time()));
  }

  private Column outside(Interval interval) {
    return not(coalesce(TableWriter.inRange(table, interval), lit(false)));
  }

  /**
   * Refuses rows that can't be merged; asked when the rows were read, before anything is written.
   *
   * @throws AfpException if a row has no key or no time, or lies outside the range
   */
  void requireSound(Counter counter) {
    Counter.Counts counts = counter.counts();
    if (counts != null && counts.matching() == 0) {
      return;
    }
    needed().forEach(column -> refuse(col(column).isNull(), column + " is null"));
    range.ifPresent(r -> refuse(outside(r), "it lies outside the interval " + r.label()));
  }

  private void refuse(Column condition, String why) {
    long found = rows.filter(condition).count();
    if (found > 0) {
      throw AfpException.at(
          Location.file(table.file()),
          ErrorCode.MODEL_FAILED,
          "Cannot write table %s: rows can't be merged by key, %s (rows=%d)"
              .formatted(table.name(), why, found),
          "Leave such rows out of the query, or give them a value.");
    }
  }
}
