package io.afp.core.definition;

import java.util.Optional;

/**
 * What few CSV files need, as the options of Spark's reader have it.
 *
 * @param ignoreLeadingWhiteSpace whether blanks before a value are no part of it; those within
 *     quotes are
 * @param ignoreTrailingWhiteSpace the same for blanks behind a value
 * @param emptyValue what quotes without anything between them stand for; empty for null
 * @param lineSep what alone ends a line: a character, or two; empty for the usual line ends
 * @param maxColumns how many fields a record may have; 0 for any number
 * @param maxCharsPerColumn how many characters a value may have; 0 for any number
 */
public record CsvDetails(
    boolean ignoreLeadingWhiteSpace,
    boolean ignoreTrailingWhiteSpace,
    Optional<String> emptyValue,
    String lineSep,
    long maxColumns,
    long maxCharsPerColumn) {

  /** Blanks are text, and line ends may be of any kind. */
  public static CsvDetails usual() {
    return new CsvDetails(false, false, Optional.empty(), "", 0, 0);
  }
}
