package io.afp.ingestion.csv;

import java.io.Serializable;

/**
 * The records of a file that begin in a range of its bytes.
 *
 * @param from where a record begins
 * @param to where another one begins
 * @param line the number of the line at {@code from}, from 1
 */
record CsvSlice(FoundFile file, long from, long to, long line) implements Serializable {

  /** A file from its start to its end, whatever it has when it is read. */
  static CsvSlice whole(FoundFile file) {
    return new CsvSlice(file, 0, Long.MAX_VALUE, 1);
  }

  /** The same and all behind it. */
  CsvSlice toEnd() {
    return new CsvSlice(file, from, Long.MAX_VALUE, line);
  }

  /** How much of the file it is, in bytes. */
  long length() {
    return Math.min(to, file.size()) - from;
  }
}
