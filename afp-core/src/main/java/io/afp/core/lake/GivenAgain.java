package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that are given to a table whose rows are merged by key. One of the same key and time as a
 * row that was kept out before is that row, judged again; rows of other keys and times say nothing
 * of it, as they leave the rows of the table where they are. Rows without a key or a time are one
 * only if they are equal.
 *
 * @param rows as they are given, those that checks keep out too
 */
public record GivenAgain(TableDef table, Dataset<Row> rows) {

  private static final String KEPT = "__kept";
  private static final String GIVEN = "__given";
  private static final String RECORD = "__record";

  /** The rows of a quarantine that are not among them. */
  public Dataset<Row> others(Dataset<Row> quarantine) {
    Column stored = col("record");
    Dataset<Row> known = quarantine.withColumn(KEPT, KeptRecord.values(stored, columns(names())));
    Dataset<Row> given =
        living().select(identity(name -> col(name), KeptRecord.of(table, rows)).as(GIVEN));
    return known
        .withColumn(KEPT, when(isRead(), identity(name -> col(KEPT + "." + name), stored)))
        .join(given, col(KEPT).equalTo(col(GIVEN)), "left_anti")
        .drop(KEPT);
  }

  /** A row that deletes its key is none of the table, and none that was kept out. */
  private Dataset<Row> living() {
    return MergeInput.deleted(table).map(deleted -> rows.filter(not(deleted))).orElse(rows);
  }

  /** What tells a row from others: its key and time; where it has not all of them, all of it. */
  private Column identity(Function<String, Column> column, Column record) {
    Column whole =
        names().stream().map(name -> column.apply(name).isNotNull()).reduce(lit(true), Column::and);
    Stream<Column> parts =
        columns(names()).map(c -> column.apply(c.name()).cast(c.type().sql()).as(c.name()));
    Column rest = when(not(whole), comparable(record)).as(RECORD);
    return struct(Stream.concat(parts, Stream.of(rest)).toArray(Column[]::new));
  }

  /** A record as it would be written today; one that can't be read is like no other. */
  private Column comparable(Column record) {
    return KeptRecord.text(KeptRecord.values(record, table.givenColumns().stream()));
  }

  /** Whether no part of the key or time has a value that is none of its type today. */
  private Column isRead() {
    return names().stream()
        .map(name -> col(KEPT + "." + name).isNotNull().or(hasNo(name)))
        .reduce(lit(true), Column::and);
  }

  private static Column hasNo(String name) {
    return get_json_object(col("record"), "$." + name).isNull();
  }

  private List<String> names() {
    return Stream.concat(table.key().stream(), table.write().eventTime().stream()).toList();
  }

  private Stream<ColumnDef> columns(List<String> names) {
    return names.stream().map(name -> table.column(name).orElseThrow());
  }
}
