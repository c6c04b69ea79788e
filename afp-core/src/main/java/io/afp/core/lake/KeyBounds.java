package io.afp.core.lake;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The keys of some rows, and between which values they lie, as literals: Iceberg skips files by
 * literals alone, so what is read and merged grows with the rows where partitions or sorting follow
 * the key.
 *
 * @param rows how many rows there are
 */
record KeyBounds(Dataset<Row> keys, long rows, List<Bound> bounds) {

  private static final long FEW = 250_000;

  /** The smallest and the largest value of a column of the key. */
  record Bound(String column, Object smallest, Object largest) {

    private String sql(String table) {
      return "%s`%s` BETWEEN %s AND %s"
          .formatted(table, column, literal(smallest), literal(largest));
    }

    private static String literal(Object value) {
      return lit(value).expr().sql();
    }
  }

  /** The bounds of pinned rows whose keys are not null; one pass over the rows. */
  static KeyBounds of(Dataset<Row> pinned, List<String> key) {
    return read(pinned, key, Observations.measure(pinned, measures(lit(true), key)), 0);
  }

  /** What has to be asked of the rows for which a condition holds. */
  static List<Column> measures(Column condition, List<String> key) {
    List<Column> measures = new ArrayList<>(List.of(count(when(condition, lit(1)))));
    for (String column : key) {
      Column value = when(condition, col(column));
      measures.addAll(List.of(min(value), max(value)));
    }
    return measures;
  }

  /** From the answers to {@link #measures}, which start at an offset. */
  static KeyBounds read(Dataset<Row> rows, List<String> key, Row answers, int offset) {
    List<Bound> bounds = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      Object smallest = answers.get(offset + 1 + 2 * i);
      if (smallest != null && !(smallest instanceof byte[])) {
        bounds.add(new Bound(key.get(i), smallest, answers.get(offset + 2 + 2 * i)));
      }
    }
    Column[] columns = key.stream().map(c -> col(c)).toArray(Column[]::new);
    return new KeyBounds(rows.select(columns), answers.getLong(offset), List.copyOf(bounds));
  }

  /** Conditions on the columns of {@code table}, such as {@code "t."} or nothing. */
  String sql(String table) {
    return bounds.isEmpty()
        ? "true"
        : bounds.stream().map(bound -> bound.sql(table)).collect(Collectors.joining(" AND "));
  }

  /** Whether a task can hold all of the rows; more have to be sorted to be joined. */
  boolean areFew() {
    return rows <= FEW;
  }

  /** The rows of a table that have one of these keys. */
  Dataset<Row> of(Dataset<Row> table) {
    Dataset<Row> near = table.filter(sql(""));
    return near.join(areFew() ? broadcast(keys) : keys, keys.columns(), "left_semi");
  }
}
