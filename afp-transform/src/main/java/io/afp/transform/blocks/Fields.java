package io.afp.transform.blocks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of rows by their names. */
final class Fields {

  private Fields() {}

  /** A column by its exact name, whatever characters that has. */
  static Column named(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  static List<Column> named(Collection<String> names) {
    return names.stream().map(Fields::named).toList();
  }

  static Column[] all(StructType schema) {
    return named(Arrays.asList(schema.fieldNames())).toArray(Column[]::new);
  }

  static StructField find(StructType schema, String name) {
    return Arrays.stream(schema.fields())
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot use column %s: the rows have no such column (columns=%s)"
                        .formatted(name, String.join(", ", schema.fieldNames()))));
  }

  /** A key names columns that the rows have. */
  static List<String> key(String[] columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException("Cannot use a key without columns: name at least one");
    }
    return List.of(columns);
  }

  /** Names that AFP adds must be free. */
  static void requireFree(StructType schema, List<String> names) {
    List<String> taken =
        names.stream().filter(Arrays.asList(schema.fieldNames())::contains).toList();
    if (!taken.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot add columns: the rows have columns of these names (columns=%s). Rename them before"
              .formatted(String.join(", ", taken)));
    }
  }

  static Column anyNull(Collection<String> names) {
    return named(names).stream().map(Column::isNull).reduce(lit(false), Column::or);
  }
}
