package io.afp.core.definition;

import java.util.Locale;

/** Who takes CSV files apart. The rows are the same, but for what the documentation lists. */
public enum CsvParser {
  /** AFP: typed rows from bytes, with the line of each reject. */
  AFP,
  /** The parser of Spark. */
  SPARK;

  /** As it is written in a definition. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
