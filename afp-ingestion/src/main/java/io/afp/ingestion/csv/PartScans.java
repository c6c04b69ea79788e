package io.afp.ingestion.csv;

import io.afp.ingestion.csv.RecordStarts.Look;
import java.io.Serializable;
import java.util.List;

/** Scans parts of files for where records begin in them. */
interface PartScans {

  /**
   * A part of a file.
   *
   * @param from its first byte
   * @param last where the last record begins that may belong to it
   */
  record Part(long from, long last) implements Serializable {}

  /** What is seen of each part, scanned behind its first line end. */
  List<Look> all(FoundFile file, List<Part> parts);

  /** What is seen of a part that is scanned from where a record begins. */
  Look again(FoundFile file, Part part);
}
