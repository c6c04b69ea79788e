package io.afp.ingestion.csv;

import io.afp.core.definition.CsvDetails;
import java.io.Serializable;

/**
 * What belongs to a value, and how much may.
 *
 * @param ignoresLeading whether blanks before a value, or its quotes, are no part of it
 * @param ignoresTrailing the same for blanks behind a value without quotes
 * @param empty what quotes without anything between them stand for; null for null
 * @param mostFields of a record
 * @param mostCharacters of a value
 */
record CsvValues(
    boolean ignoresLeading,
    boolean ignoresTrailing,
    String empty,
    long mostFields,
    long mostCharacters)
    implements Serializable {

  static CsvValues of(CsvDetails details) {
    return new CsvValues(
        details.ignoreLeadingWhiteSpace(),
        details.ignoreTrailingWhiteSpace(),
        details.emptyValue().orElse(null),
        limit(details.maxColumns()),
        limit(details.maxCharsPerColumn()));
  }

  private static long limit(long most) {
    return most == 0 ? Long.MAX_VALUE : most;
  }
}
