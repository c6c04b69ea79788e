package io.afp.core.definition;

/**
 * How CSV files are written.
 *
 * @param header whether the first record names the columns; without it they are in the order of the
 *     contract
 * @param delimiter what is between fields
 * @param quote the character around a value that holds delimiters or line ends; empty without
 * @param escape the character before a quote that is part of a value; empty where it is doubled
 * @param comment the character at the start of lines that are skipped; empty without
 * @param skipLines how many lines before the header, or the first record, are skipped
 * @param parser who takes them apart
 */
public record CsvDef(
    boolean header,
    String delimiter,
    String quote,
    String escape,
    String comment,
    long skipLines,
    CsvParser parser) {

  /** Files that are taken apart by AFP. */
  public CsvDef(
      boolean header,
      String delimiter,
      String quote,
      String escape,
      String comment,
      long skipLines) {
    this(header, delimiter, quote, escape, comment, skipLines, CsvParser.AFP);
  }

  /** Commas, quotes of RFC 4180 and a header. */
  public static CsvDef usual() {
    return new CsvDef(true, ",", "\"", "", "", 0);
  }

  /** What stands before a quote that is part of a value. */
  public String quoteEscape() {
    return escape.isEmpty() ? quote : escape;
  }
}
