package io.afp.ingestion.csv;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What can be read about a record, beside its fields. */
public enum About {
  /** The address of its file. */
  FILE(DataTypes.StringType),
  /** The line in which it begins, from 1. */
  LINE(DataTypes.LongType),
  /** The byte of the text, decompressed, at which it begins, from 0; null if that is not UTF-8. */
  OFFSET(DataTypes.LongType),
  /** Its text, with line ends of Unix. */
  RAW(DataTypes.StringType),
  /** Its text if it can't be split into its fields, else null. */
  MALFORMED(DataTypes.StringType),
  /** Its text if it, or one of the fields that are read, is not as it has to be, else null. */
  CORRUPT(DataTypes.StringType),
  /** The texts of its fields; an empty one is null. */
  TEXTS(new StructType()),
  /** Which texts are no values of their columns: column, reason, words, value; null if none. */
  REASONS(reasons());

  private final DataType type;

  About(DataType type) {
    this.type = type;
  }

  private static DataType reasons() {
    StructType reason = new StructType();
    for (String part : List.of("column", "reason", "words", "value")) {
      reason = reason.add(part, DataTypes.StringType);
    }
    return DataTypes.createArrayType(reason, false);
  }

  /** The type of its values; that of {@link #TEXTS} is said by the fields. */
  DataType type() {
    return type;
  }

  /** A column with it. */
  StructField named(String name, List<CsvColumn> columns) {
    return new StructField(name, this == TEXTS ? texts(columns) : type, true, Metadata.empty());
  }

  private static StructType texts(List<CsvColumn> columns) {
    StructField[] texts =
        columns.stream()
            .map(c -> new StructField(c.name(), DataTypes.StringType, true, Metadata.empty()))
            .toArray(StructField[]::new);
    return new StructType(texts);
  }
}
