package io.afp.ingestion.csv;

import io.afp.ingestion.csv.PartScans.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * Finds where records begin in the middle of a file. Whether a line end is one of a record can only
 * be known from what is before it, back to the start of the file. So each part of a file is scanned
 * as if a record began behind its first line end; if the part before it, scanned so, ends right
 * there, that was true.
 */
record RecordStarts(CsvText text, FoundFile file) {

  RecordStarts(Configuration hadoop, CsvFormat format, FoundFile file) {
    this(new CsvText(hadoop, format), file);
  }

  /**
   * What was seen of a part of a file.
   *
   * @param from where it was assumed or known that a record begins
   * @param next where the first record begins that is not of this part; -1 if a record is not whole
   * @param lines how many lines are between the two
   */
  record Look(long from, long next, long lines) implements Serializable {

    private static final long UNKNOWN = -1;

    boolean isWhole() {
      return next != UNKNOWN;
    }
  }

  /** Scans a part behind its first line end, the first one from the start of the file. */
  Look of(Part part) throws IOException {
    return part.from() == 0
        ? fromStart(part.last())
        : from(new Part(behindFirstLineEnd(part), part.last()));
  }

  /** A header is never left to the next part. */
  private Look fromStart(long last) throws IOException {
    try (RecordScanner records = text.open(file)) {
      long header = text.format().header() ? records.nextOffset() : 0;
      return look(records, 0, Math.max(last, header));
    }
  }

  /** Scans a part that begins with a record. */
  Look from(Part part) throws IOException {
    try (RecordScanner records = text.openAt(file, part.from())) {
      return look(records, part.from(), part.last());
    }
  }

  private static Look look(RecordScanner records, long start, long last) throws IOException {
    try {
      while (records.nextOffset() <= last && records.next()) {
        // only where the next one begins is of interest
      }
      return new Look(start, records.nextOffset(), records.nextLine() - 1);
    } catch (IOException e) { // who reads the records meets it again, and tells it
      return new Look(start, Look.UNKNOWN, 0);
    }
  }

  /** Behind the last place of the part nobody needs to know it. */
  private long behindFirstLineEnd(Part part) throws IOException {
    LineEnds ends = text.format().lineEnds();
    byte[] buffer = new byte[8192];
    long at = part.from();
    boolean afterFirst = false;
    try (InputStream in = text.bytesAt(file, at)) {
      for (int got = in.read(buffer); got >= 0 && at <= part.last(); got = in.read(buffer)) {
        for (int i = 0; i < got; i++) {
          boolean isPair = afterFirst && buffer[i] == ends.second();
          if (isPair || buffer[i] == ends.alone() && !afterFirst) {
            return at + i + 1;
          }
          if (afterFirst && !ends.arePairs()) {
            return at + i;
          }
          afterFirst = buffer[i] == ends.first();
        }
        at += got;
      }
    }
    return at;
  }
}
