package io.afp.core.lake;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Between which keys some rows lie, as literals: Iceberg skips files by literals alone, so what is
 * read and merged grows with the rows where partitions or sorting follow the key.
 *
 * @param rows how many rows there are
 */
record KeyBounds(long rows, List<Bound> bounds) {

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

  /** The bounds of rows whose keys are not null; one pass over the rows. */
  static KeyBounds of(Dataset<Row> rows, List<String> key) {
    List<Column> ends = new ArrayList<>();
    key.forEach(column -> ends.addAll(List.of(min(column), max(column))));
    Row row = rows.agg(count(lit(1)), ends.toArray(Column[]::new)).head();
    List<Bound> bounds = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      Object smallest = row.get(1 + 2 * i);
      if (smallest != null && !(smallest instanceof byte[])) {
        bounds.add(new Bound(key.get(i), smallest, row.get(2 + 2 * i)));
      }
    }
    return new KeyBounds(row.getLong(0), List.copyOf(bounds));
  }

  /** Conditions on the columns of {@code table}, such as {@code "t."} or nothing. */
  String sql(String table) {
    return bounds.isEmpty()
        ? "true"
        : bounds.stream().map(bound -> bound.sql(table)).collect(Collectors.joining(" AND "));
  }

  /** The rows of a table between these bounds. */
  Dataset<Row> of(Dataset<Row> table) {
    return table.filter(sql(""));
  }
}
