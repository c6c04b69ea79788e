package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Rows of a load whose key another row of it has. Which one is the first depends on the rows alone,
 * not on the order in which they came: the one of the file whose address comes first, and in it the
 * one with the smallest values, column by column. A row that is rejected for another reason takes
 * no part, nor does one without a value in the key.
 *
 * @param bad whether a row is rejected for another reason
 */
record LaterRows(TableDef table, Column bad) {

  private static final String NUMBER = "__number_of_key";
  private static final String LATER = "__later";

  /** The rows, each with the mark whether it is a later one. */
  Dataset<Row> marked(Dataset<Row> rows) {
    Column whole = key().map(Column::isNotNull).reduce(Column::and).orElseThrow();
    Column later = not(bad).and(whole).and(col(NUMBER).gt(1));
    return rows.withColumn(NUMBER, row_number().over(sameKey())).withColumn(LATER, later);
  }

  private WindowSpec sameKey() {
    List<Column> order =
        Stream.concat(Stream.of(RawRows.FILE), table.givenColumns().stream().map(ColumnDef::name))
            .map(name -> col(name))
            .toList();
    return Window.partitionBy(Stream.concat(key(), Stream.of(bad)).toArray(Column[]::new))
        .orderBy(order.toArray(Column[]::new));
  }

  private Stream<Column> key() {
    return table.key().stream().map(name -> col(name));
  }

  /** What the later rows break, in rows that are {@link #marked}. */
  Breach breach() {
    Column value = concat_ws(", ", key().map(c -> c.cast("string")).toArray(Column[]::new));
    return new Breach("", "duplicate", col(LATER), ReasonWords.sameKey(table), value);
  }
}
