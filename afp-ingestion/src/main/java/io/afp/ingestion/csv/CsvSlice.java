package io.afp.ingestion.csv;

import io.afp.core.lake.RecordPlaces;
import io.afp.core.lake.RecordPlaces.Place;
import java.io.Serializable;
import java.util.List;

/**
 * The records of a file that begin in a range of its bytes.
 *
 * @param from where a record begins
 * @param to where another one begins
 * @param line the number of the line at {@code from}, from 1
 * @param only where the records begin that are read, in order; none for all records
 */
record CsvSlice(FoundFile file, long from, long to, long line, List<Place> only)
    implements Serializable {

  /** All records in the range. */
  CsvSlice(FoundFile file, long from, long to, long line) {
    this(file, from, to, line, List.of());
  }

  /** A file from its start to its end, whatever it has when it is read. */
  static CsvSlice whole(FoundFile file) {
    return new CsvSlice(file, 0, Long.MAX_VALUE, 1);
  }

  /** The same with some of its records alone. */
  CsvSlice only(RecordPlaces places) {
    return new CsvSlice(file, from, to, line, places.within(file.address(), from, to));
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
