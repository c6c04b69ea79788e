package io.afp.core.lake;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.json_object_keys;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.error.Count;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.lake.Contract.Conformed;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of a quarantine, judged by the checks of today. One whose record is no row of the table any
 * more stays as it is: because a value has no place in the type of its column, or because a
 * required column has none, or one by which rows are merged.
 */
final class Released {

  private static final String BAD = "__bad";
  private static final String LACKED = "__lacked";

  private final TableDef table;
  private final List<RowGuard> guards;
  private final Dataset<Row> judged;

  private Released(TableDef table, List<RowGuard> guards, Dataset<Row> judged) {
    this.table = table;
    this.guards = guards;
    this.judged = judged;
  }

  static Rejudged of(
      TableDef declared,
      TableDef table,
      List<WriteObserver> observers,
      Dataset<Row> stored,
      Collection<Unit> units,
      UnaryOperator<Dataset<Row>> completed) {
    Dataset<Row> all =
        Pinned.of(
            StoredRejects.withUnit(table, units, stored)
                .filter(col(StoredRejects.UNIT).isNotNull()));
    Dataset<Row> restored = restored(table, all);
    List<RowGuard> guards = Quarantine.guards(table, restored, observers);
    Column bad = not(isWhole(table)).or(Quarantine.bad(guards));
    Released released = new Released(table, guards, Pinned.of(restored.withColumn(BAD, bad)));
    Dataset<Row> rest = Pinned.of(completed.apply(released.rest()));
    return Rejudged.of(
        table,
        all,
        released.fitting(),
        rest,
        StoredRejects.withUnit(table, units, rest),
        released.warnings(declared));
  }

  /** Stored rows with the columns of the table, by names that no other column has. */
  private static Dataset<Row> restored(TableDef table, Dataset<Row> stored) {
    Dataset<Row> kept =
        stored.select(
            Stream.of(stored.columns())
                .map(name -> col(name).as(StoredRejects.kept(name)))
                .toArray(Column[]::new));
    Column record = col(StoredRejects.kept("record"));
    return kept.withColumn("__row", KeptRecord.values(record, table.columns().stream()))
        .select("*", "__row.*")
        .drop("__row");
  }

  private static Column isWhole(TableDef table) {
    Stream<String> required =
        table.columns().stream().filter(ColumnDef::required).map(ColumnDef::name);
    return Stream.concat(required, mergedBy(table))
        .map(name -> col(name).isNotNull())
        .reduce(col(KeptRecord.UNREAD).isNull(), Column::and);
  }

  private static Stream<String> mergedBy(TableDef table) {
    return table.write().mode().merges()
        ? Stream.concat(table.key().stream(), table.write().eventTime().stream())
        : Stream.of();
  }

  private Dataset<Row> fitting() {
    Stream<Column> columns = table.columns().stream().map(column -> col(column.name()));
    Stream<Column> file = Stream.of(col(StoredRejects.kept("file")).as(RawRows.FILE));
    return judged.filter(not(col(BAD))).select(Stream.concat(columns, file).toArray(Column[]::new));
  }

  /** A declared column that a record does not have is one that was not there yet. */
  private List<Problem> warnings(TableDef declared) {
    Column[] names =
        declared.givenColumns().stream().map(c -> lit(c.name())).toArray(Column[]::new);
    Column there = json_object_keys(col(StoredRejects.kept("record")));
    return judged
        .select(explode(array_except(array(names), there)).as(LACKED))
        .groupBy(LACKED)
        .count()
        .orderBy(LACKED)
        .collectAsList()
        .stream()
        .map(row -> warning(declared, row.getString(0), row.getLong(1)))
        .toList();
  }

  private static Problem warning(TableDef table, String column, long rows) {
    String message =
        table.column(column).orElseThrow().required()
            ? "Column %s of %s is required, so that %s of the quarantine can't get in: it was not declared when they were kept out"
            : "Column %s of %s is null for %s of the quarantine: it was not declared when they were kept out";
    return Problem.warning(
        ErrorCode.REPLAY_REFUSED,
        message.formatted(column, table.name(), Count.of(rows, "row")),
        Location.file(table.file()),
        "Load their source again: " + Rejudged.loadAgain(table));
  }

  /** With the reasons of today, where there are any. */
  private Dataset<Row> rest() {
    Column before = col(StoredRejects.kept("reasons"));
    Column reasons =
        guards.isEmpty()
            ? before
            : when(isWhole(table), Quarantine.reasons(guards)).otherwise(before);
    return judged
        .filter(coalesce(col(BAD), lit(true)))
        .select(
            col(StoredRejects.kept(Conformed.INTERVAL_START)).as(Conformed.INTERVAL_START),
            reasons.as("reasons"),
            col(StoredRejects.kept("record")).as("record"),
            col(StoredRejects.kept("file")).as("file"),
            col(StoredRejects.kept("snapshot_id")).as("snapshot_id"));
  }
}
