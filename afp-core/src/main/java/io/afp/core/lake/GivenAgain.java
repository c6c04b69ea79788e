package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import io.afp.core.definition.TableDef;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that are given to a table whose rows are merged by key. One of the same key and time as a
 * row that was kept out before is that row, judged again; rows of other keys and times say nothing
 * of it, as they leave the rows of the table where they are.
 *
 * @param rows as they are given, those that checks keep out too
 */
public record GivenAgain(TableDef table, Dataset<Row> rows) {

  private static final String KEPT = "__kept";

  /** The rows of a quarantine that are not among them. */
  public Dataset<Row> others(Dataset<Row> quarantine) {
    List<String> names = names();
    Column[] columns = names.stream().map(name -> col(name)).toArray(Column[]::new);
    Column same =
        names.stream()
            .map(name -> col(KEPT + "." + name).eqNullSafe(rows.col(name)))
            .reduce(Column::and)
            .orElseThrow();
    return quarantine
        .withColumn(KEPT, from_json(col("record"), type(names), Quarantine.FORMATS))
        .join(rows.select(columns), same, "left_anti")
        .drop(KEPT);
  }

  private List<String> names() {
    return Stream.concat(table.key().stream(), table.write().eventTime().stream()).toList();
  }

  private StructType type(List<String> names) {
    return names.stream()
        .map(name -> table.column(name).orElseThrow())
        .reduce(
            new StructType(),
            (type, column) -> type.add(column.name(), column.type().sql()),
            (a, b) -> b);
  }
}
