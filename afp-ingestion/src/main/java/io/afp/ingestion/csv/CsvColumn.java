package io.afp.ingestion.csv;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.EntryDef;
import io.afp.core.definition.Rounding;
import io.afp.core.lake.ReasonWords;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/**
 * A field as it is read.
 *
 * @param column what it is called where something is said of its values
 * @param type by the name that Spark gives it
 * @param format of a date, a time or a number; null for the usual forms
 * @param zone of times without one; null for UTC
 * @param rounding of a decimal
 * @param words what is said of a text that is none of its values
 */
public record CsvColumn(
    String name,
    String column,
    String type,
    String format,
    String zone,
    Rounding rounding,
    String words)
    implements Serializable {

  private static final String TEXT = "string";

  /** A field that is read as a declared column. */
  public static CsvColumn of(ColumnDef column) {
    return new CsvColumn(
        column.field(),
        column.name(),
        column.type().sql(),
        column.entry().format().orElse(null),
        column.entry().zone().map(ZoneId::getId).orElse(null),
        column.entry().rounding(),
        ReasonWords.notOfType(column));
  }

  /** A field that is read as a text. */
  public static CsvColumn text(String name) {
    return new CsvColumn(name, name, TEXT, null, null, Rounding.REJECT, "");
  }

  boolean isText() {
    return type.equals(TEXT);
  }

  StructField field() {
    return new StructField(name, DataType.fromDDL(type), true, Metadata.empty());
  }

  FieldWriter writer() {
    if (SmallField.isOfType(type)) {
      return SmallField.of(type);
    }
    EntryDef entry =
        new EntryDef(
            Optional.empty(),
            Optional.ofNullable(format),
            Optional.ofNullable(zone).map(ZoneId::of),
            rounding,
            Optional.empty(),
            false,
            List.of());
    return FieldWriter.of(ColumnType.parse(type).orElseThrow(), entry);
  }
}
