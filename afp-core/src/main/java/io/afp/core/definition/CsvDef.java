package io.afp.core.definition;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
 * @param details what few files need
 */
public record CsvDef(
    boolean header,
    String delimiter,
    String quote,
    String escape,
    String comment,
    long skipLines,
    CsvParser parser,
    CsvDetails details) {

  /** Files that are taken apart by AFP, and need nothing else. */
  public CsvDef(
      boolean header,
      String delimiter,
      String quote,
      String escape,
      String comment,
      long skipLines) {
    this(header, delimiter, quote, escape, comment, skipLines, CsvParser.AFP, CsvDetails.usual());
  }

  /** Commas, quotes of RFC 4180 and a header. */
  public static CsvDef usual() {
    return new CsvDef(true, ",", "\"", "", "", 0);
  }

  /** The same files with other details. */
  public CsvDef with(CsvDetails other) {
    return new CsvDef(header, delimiter, quote, escape, comment, skipLines, parser, other);
  }

  /** The same files, taken apart by another parser. */
  public CsvDef by(CsvParser other) {
    return new CsvDef(header, delimiter, quote, escape, comment, skipLines, other, details);
  }

  /** What stands before a quote that is part of a value. */
  public String quoteEscape() {
    return escape.isEmpty() ? quote : escape;
  }

  /** Why only Spark's parser can take the files apart; empty if AFP can. */
  public Optional<String> onlyForSpark() {
    Map<String, String> characters = new LinkedHashMap<>();
    characters.put("quote", quote);
    characters.put("escape", escape);
    characters.put("comment", comment);
    characters.put("line_sep", details.lineSep());
    return characters.entrySet().stream()
        .filter(each -> !StandardCharsets.US_ASCII.newEncoder().canEncode(each.getValue()))
        .map(each -> "%s is not of ASCII (%1$s=%s)".formatted(each.getKey(), each.getValue()))
        .findFirst();
  }

  /** Whether Spark's parser takes the files apart. */
  public boolean isForSpark() {
    return parser == CsvParser.SPARK || onlyForSpark().isPresent();
  }
}
