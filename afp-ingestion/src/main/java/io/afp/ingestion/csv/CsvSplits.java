package io.afp.ingestion.csv;

import io.afp.ingestion.csv.PartScans.Part;
import io.afp.ingestion.csv.RecordStarts.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Splits large plain files where records begin. For that the files are scanned in parts; a part
 * that begins within a record is scanned again, from where its first record begins.
 *
 * @param most bytes of a slice, about
 */
record CsvSplits(CsvFormat format, PartScans scans, long most) {

  /** The slices of a file. */
  List<CsvSlice> of(FoundFile file) {
    long size = file.size();
    if (size <= most || !format.text().isUtf8() || !file.isPlain()) {
      return List.of(CsvSlice.whole(file));
    }
    List<Part> parts =
        LongStream.iterate(0, at -> at < size, at -> at + most)
            .mapToObj(at -> new Part(at, at + most < size ? at + most : Long.MAX_VALUE))
            .toList();
    return slices(file, parts);
  }

  private List<CsvSlice> slices(FoundFile file, List<Part> parts) {
    List<Look> looks = scans.all(file, parts);
    List<CsvSlice> slices = new ArrayList<>();
    long from = 0;
    long line = 1;
    for (int i = 0; i < parts.size(); i++) {
      long last = parts.get(i).last();
      if (from > last) {
        continue; // a record goes on over the whole part
      }
      boolean isKnown = looks.get(i).from() == from;
      Look look = isKnown ? looks.get(i) : scans.again(file, new Part(from, last));
      if (!look.isWhole()) {
        break;
      }
      if (look.next() > from) {
        slices.add(new CsvSlice(file, from, look.next(), line));
      }
      line += look.lines();
      from = look.next();
    }
    return upToEnd(slices, new CsvSlice(file, from, Long.MAX_VALUE, line));
  }

  /** What is not known yet, or came to the file since, belongs to the last slice. */
  private static List<CsvSlice> upToEnd(List<CsvSlice> slices, CsvSlice rest) {
    if (slices.isEmpty() || rest.from() < rest.file().size()) {
      slices.add(rest);
    } else {
      slices.add(slices.remove(slices.size() - 1).toEnd());
    }
    return slices;
  }
}
