package io.afp.ingestion.infer;

import io.afp.core.definition.ColumnType;
import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.lake.RawRows;
import io.afp.ingestion.file.UndeclaredFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/** The types that fields have in files that know types. */
record GivenTypes(Map<String, ColumnType> types) {

  /** None of texts, however they look. */
  static GivenTypes of(UndeclaredFiles files, RawRows raw) {
    Map<String, ColumnType> types = new HashMap<>();
    if (!files.haveTexts()) {
      for (StructField field : raw.rows().schema().fields()) {
        types.put(field.name(), type(field.dataType()));
      }
    }
    return new GivenTypes(types);
  }

  private static ColumnType type(DataType type) {
    String name = type.simpleString();
    return switch (name) {
      case "tinyint", "smallint" -> new ColumnType(Kind.INT, 0, 0);
      default -> ColumnType.parse(name).orElse(new ColumnType(Kind.STRING, 0, 0));
    };
  }

  Optional<ColumnType> of(String field) {
    return Optional.ofNullable(types.get(field));
  }
}
