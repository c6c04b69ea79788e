package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** A row as a quarantine keeps it: as JSON. */
final class KeptRecord {

  /** What {@link #values} has of a record that can't be read: all of it; else null. */
  static final String UNREAD = "__unread";

  /**
   * How values are written that JSON has no form for, so that they are read again as they were; and
   * null too, which is not the same as a column that is not there.
   */
  private static final Map<String, String> FORMATS =
      Map.of(
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
          "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS",
          "ignoreNullFields", "false");

  private KeptRecord() {}

  /** That of each row, with those of its columns that the table has. */
  static Column of(TableDef table, Dataset<Row> rows) {
    return text(
        struct(
            table.columns().stream()
                .map(ColumnDef::name)
                .filter(name -> Arrays.asList(rows.columns()).contains(name))
                .map(name -> col(name))
                .toArray(Column[]::new)));
  }

  /** Values as a record has them. */
  static Column text(Column values) {
    return to_json(values, FORMATS);
  }

  /** The values of columns that a record has, as a struct, with {@link #UNREAD}. */
  static Column values(Column record, Stream<ColumnDef> columns) {
    List<StructField> fields = new ArrayList<>();
    fields.add(DataTypes.createStructField(UNREAD, DataTypes.StringType, true));
    columns.forEach(column -> fields.add(field(column)));
    Map<String, String> options = new HashMap<>(FORMATS);
    options.put("columnNameOfCorruptRecord", UNREAD);
    return from_json(record, DataTypes.createStructType(fields), options);
  }

  private static StructField field(ColumnDef column) {
    return DataTypes.createStructField(column.name(), DataType.fromDDL(column.type().sql()), true);
  }
}
