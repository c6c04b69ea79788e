package io.afp.core.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What has to change in a table so that it has the wanted rows: rows to insert, to update and to
 * delete, one a key.
 *
 * <p>They are computed once, whatever happens to the tables that they were computed from.
 */
final class Changes {

  /** What happens with a row. */
  static final String ACTION = "__action";

  static final String INSERT = "insert";
  static final String UPDATE = "update";
  static final String DELETE = "delete";

  private final Dataset<Row> rows;
  private final KeyBounds bounds;
  private final long inserts;
  private final long updates;
  private final long deletes;

  private Changes(Dataset<Row> rows, KeyBounds bounds, Row counts, int offset) {
    this.rows = rows;
    this.bounds = bounds;
    this.inserts = counts.getLong(offset);
    this.updates = counts.getLong(offset + 1);
    this.deletes = counts.getLong(offset + 2);
  }

  /**
   * Computes and counts the changes.
   *
   * @param rows the columns of the table and {@link #ACTION}; rows without an action are left out
   * @param key no two rows have the same one, and none is null
   */
  static Changes of(Dataset<Row> rows, List<String> key) {
    Pinned pinned = Pinned.of(rows, measures(col(ACTION), key));
    return read(pinned.rows(), key, pinned.measured(), 0);
  }

  /** What has to be asked of rows while they are pinned, for an action that may be null. */
  static List<Column> measures(Column action, List<String> key) {
    List<Column> measures = new ArrayList<>();
    for (String word : List.of(INSERT, UPDATE, DELETE)) {
      measures.add(count(when(action.equalTo(word), lit(1))));
    }
    measures.addAll(KeyBounds.measures(action.isNotNull(), key));
    return measures;
  }

  /** From the answers to {@link #measures}, which start at an offset. */
  static Changes read(Dataset<Row> pinned, List<String> key, Row answers, int offset) {
    Dataset<Row> rows = pinned.filter(col(ACTION).isNotNull());
    return new Changes(rows, KeyBounds.read(rows, key, answers, offset + 3), answers, offset);
  }

  /**
   * What turns the rows that are found into the rows that are wanted; both have the same columns,
   * and each key at most once. The result has the columns of {@code wanted} and {@link #ACTION}.
   *
   * @param ignored columns that make no difference: a row that differs in them alone is left as it
   *     is
   */
  static Dataset<Row> between(
      Dataset<Row> wanted, Dataset<Row> found, List<String> key, List<String> ignored) {
    List<String> others =
        Arrays.stream(wanted.columns())
            .filter(column -> !key.contains(column) && !ignored.contains(column))
            .toList();
    Dataset<Row> w = wanted.as("w");
    Dataset<Row> f = found.as("f");
    Column same = same(key, (a, b) -> a.equalTo(b));
    Column equal = same(others, (a, b) -> a.eqNullSafe(b));
    String first = key.get(0);
    Column action =
        when(col("f." + first).isNull(), INSERT)
            .when(col("w." + first).isNull(), DELETE)
            .when(not(equal), UPDATE);
    List<Column> selected = new ArrayList<>();
    for (String column : wanted.columns()) {
      selected.add(
          key.contains(column)
              ? coalesce(col("w." + column), col("f." + column)).as(column)
              : col("w." + column));
    }
    selected.add(action.as(ACTION));
    return w.join(f, same, "full_outer")
        .select(selected.toArray(Column[]::new))
        .filter(col(ACTION).isNotNull());
  }

  private interface Comparison {
    Column of(Column wanted, Column found);
  }

  private static Column same(List<String> columns, Comparison comparison) {
    return columns.stream()
        .map(column -> comparison.of(col("w." + column), col("f." + column)))
        .reduce(lit(true), Column::and);
  }

  boolean isEmpty() {
    return inserts + updates + deletes == 0;
  }

  boolean onlyInserts() {
    return updates + deletes == 0;
  }

  /** How many rows are written. */
  long writes() {
    return inserts + updates;
  }

  /** How many rows the table has more afterwards; negative when it has fewer. */
  long growth() {
    return inserts - deletes;
  }

  KeyBounds bounds() {
    return bounds;
  }

  /** All of them, with {@link #ACTION}. */
  Dataset<Row> all() {
    return rows;
  }

  /** The rows that are inserted or updated, without {@link #ACTION}. */
  Dataset<Row> written() {
    return rows.filter(col(ACTION).notEqual(DELETE)).drop(ACTION);
  }
}
