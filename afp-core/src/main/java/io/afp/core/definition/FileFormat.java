package io.afp.core.definition;

import java.util.Locale;

/** How rows are stored in files. */
public enum FileFormat {
  /** Fields between delimiters, a record a line. */
  CSV,
  /** Objects of JSON, one after the other or in arrays, over any number of lines. */
  JSON,
  /** An object of JSON a line. */
  JSONL,
  /** Columns with types. */
  PARQUET,
  /** Rows with types. */
  AVRO,
  /** Columns with types. */
  ORC;

  /** Whether values are texts, in an encoding. */
  public boolean isText() {
    return switch (this) {
      case CSV, JSON, JSONL -> true;
      case PARQUET, AVRO, ORC -> false;
    };
  }

  /** Whether records are objects of JSON, whose keys have no order and may be left out. */
  public boolean isJson() {
    return this == JSON || this == JSONL;
  }

  /** As it is written in a definition. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
