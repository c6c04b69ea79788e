package io.afp.core.definition;

import java.util.Locale;

/** Who takes CSV files apart. The rows are the same, but for what the documentation lists. */
public enum CsvParser {
  /** AFP: typed rows from bytes, with the line of each reject. */
  AFP,
  /** The parser of Spark. */
  SPARK;

  /** So many fields a record may have at most that Spark's parser takes apart. */
  public static final int MOST_COLUMNS_OF_SPARK = 20_480;

  /** As it is written in a definition. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
