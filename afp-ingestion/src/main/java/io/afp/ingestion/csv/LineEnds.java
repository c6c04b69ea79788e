package io.afp.ingestion.csv;

import java.io.Serializable;

/**
 * What ends a line: one character alone, or another one, behind which a third may belong to it, or
 * has to if there is no first.
 */
record LineEnds(int alone, int first, int second) implements Serializable {

  private static final int NONE = CsvFormat.NONE;

  /** Those of Unix, Windows and old Macs, mixed too. */
  private static final LineEnds USUAL = new LineEnds('\n', '\r', '\n');

  /** Those that a separator says: one or two characters of ASCII; empty for the usual ones. */
  static LineEnds of(String separator) {
    return switch (separator.length()) {
      case 0 -> USUAL;
      case 1 -> new LineEnds(separator.charAt(0), separator.charAt(0), NONE);
      default -> new LineEnds(NONE, separator.charAt(0), separator.charAt(1));
    };
  }

  /** Whether those within values become line ends of Unix. */
  boolean areUsual() {
    return equals(USUAL);
  }

  /** Whether only two characters together are one. */
  boolean arePairs() {
    return alone == NONE;
  }

  /** How many bytes tell whether there is one. */
  int length() {
    return arePairs() ? 2 : 1;
  }
}
