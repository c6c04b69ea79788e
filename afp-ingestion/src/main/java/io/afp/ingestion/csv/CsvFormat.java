package io.afp.ingestion.csv;

import io.afp.core.definition.CsvDef;
import io.afp.core.definition.FileSourceDef;
import io.afp.ingestion.text.TextForm;
import java.io.Serializable;
import java.util.Optional;

/**
 * How the records of CSV files are written.
 *
 * @param header whether the first record names the fields
 * @param delimiter what is between fields
 * @param quote the character around values; {@link #NONE} without
 * @param escape the character before a quote that is part of a value: the quote itself where it is
 *     doubled
 * @param comment the character at the start of lines that are skipped; {@link #NONE} without
 */
public record CsvFormat(
    TextForm text,
    boolean header,
    String delimiter,
    int quote,
    int escape,
    int comment,
    CsvValues values)
    implements Serializable {

  /** A character that no byte is. */
  public static final int NONE = 256;

  /** That of a source; empty where only Spark's parser can read it. */
  public static Optional<CsvFormat> of(FileSourceDef source) {
    return source.csv().onlyForSpark().isEmpty() ? Optional.of(plain(source)) : Optional.empty();
  }

  LineEnds lineEnds() {
    return LineEnds.of(text.lineSep());
  }

  private static CsvFormat plain(FileSourceDef source) {
    CsvDef csv = source.csv();
    return new CsvFormat(
        TextForm.of(source),
        csv.header(),
        csv.delimiter(),
        first(csv.quote()),
        first(csv.quoteEscape()),
        first(csv.comment()),
        CsvValues.of(csv.details()));
  }

  private static int first(String text) {
    return text.isEmpty() ? NONE : text.charAt(0);
  }
}
