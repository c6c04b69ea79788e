package io.afp.ingestion.file;

import io.afp.core.definition.CsvDef;
import io.afp.core.definition.CsvDetails;
import io.afp.core.definition.CsvParser;
import io.afp.core.definition.FileSourceDef;
import io.afp.ingestion.text.TextForm;

/**
 * How the records of CSV files are written, with a character that no text has where there is none.
 *
 * @param ignoresLeading whether blanks before a value, or its quotes, are no part of it
 * @param mostFields of a record
 */
record CsvForm(
    TextForm text,
    String delimiter,
    char quote,
    char escape,
    char comment,
    boolean ignoresLeading,
    int mostFields) {

  /** So many fields a record may have at most. */
  static final int MOST_FIELDS = CsvParser.MOST_COLUMNS_OF_SPARK;

  private static final char NO_QUOTE = '\uFFFF';
  private static final char NO_COMMENT = '\uFFFE';

  static CsvForm of(FileSourceDef source) {
    CsvDef csv = source.csv();
    return new CsvForm(
        TextForm.of(source),
        csv.delimiter(),
        first(csv.quote(), NO_QUOTE),
        first(csv.quoteEscape(), NO_QUOTE),
        first(csv.comment(), NO_COMMENT),
        csv.details().ignoreLeadingWhiteSpace(),
        mostFields(csv.details()));
  }

  private static int mostFields(CsvDetails details) {
    return details.maxColumns() == 0 ? MOST_FIELDS : Math.toIntExact(details.maxColumns());
  }

  /** What ends a line of the text as it comes to a parser. */
  char lineEnd() {
    return text.lineSep().isEmpty() ? '\n' : text.lineSep().charAt(0);
  }

  private static char first(String text, char otherwise) {
    return text.isEmpty() ? otherwise : text.charAt(0);
  }

  boolean doublesQuotes() {
    return escape == quote;
  }

  /**
   * What spoils a record of so many fields.
   *
   * @param fields how many a record has
   */
  Spoiling spoiling(int fields) {
    String tooMany = delimiter.repeat(fields + 1);
    return new Spoiling(CsvGuard.MARK + tooMany, CsvGuard.MARK + "" + quote + tooMany);
  }

  /**
   * What gives a record too many fields.
   *
   * @param ofPlain behind the quote
   * @param ofQuoted within quotes
   */
  record Spoiling(String ofPlain, String ofQuoted) {}
}
