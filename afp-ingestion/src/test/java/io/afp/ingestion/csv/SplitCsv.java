package io.afp.ingestion.csv;

import io.afp.ingestion.csv.PartScans.Part;
import io.afp.ingestion.csv.RecordStarts.Look;
import io.afp.ingestion.csv.ScannedCsv.Placed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/** Generated files of a dialect, split and read slice by slice. */
final class SplitCsv {

  private final Dialect dialect;
  private final CsvFormat format;
  private final PartScans scans;
  private final CsvText text;
  private final ScannedCsv scanned;

  SplitCsv(Dialect dialect, PartScans scans, Configuration hadoop) {
    this.dialect = dialect;
    this.format = format(dialect);
    this.scans = scans;
    this.text = new CsvText(hadoop, format);
    this.scanned = new ScannedCsv(dialect);
  }

  /** The same, split without a job of Spark. */
  static SplitCsv here(Dialect dialect, Configuration hadoop) {
    return new SplitCsv(dialect, new ScansHere(new CsvText(hadoop, format(dialect))), hadoop);
  }

  static CsvFormat format(Dialect dialect) {
    return CsvFormat.of(dialect.source()).orElseThrow();
  }

  /** The records behind the header, of slices of a size. */
  List<Placed> records(Path path, GeneratedFile file, long most) throws IOException {
    Files.write(path, file.bytes());
    List<Placed> all = new ArrayList<>();
    for (CsvSlice slice : new CsvSplits(format, scans, most).of(found(path))) {
      try (RecordScanner records = open(slice)) {
        if (slice.from() == 0 && dialect.csv().header()) {
          records.next();
        }
        while (records.nextOffset() < slice.to() && records.next()) {
          all.add(scanned.placed(records));
        }
      }
    }
    return all;
  }

  /** The records behind the header, of the file as a whole. */
  List<Placed> whole(GeneratedFile file) throws IOException {
    return scanned.records(file.bytes());
  }

  private RecordScanner open(CsvSlice slice) throws IOException {
    if (slice.from() == 0) {
      return text.open(slice.file());
    }
    RecordScanner records = text.openAt(slice.file(), slice.from());
    records.startAtLine(slice.line());
    return records;
  }

  private static FoundFile found(Path path) throws IOException {
    return new FoundFile(
        new FileStatus(
            Files.size(path), false, 1, 1, 0, new org.apache.hadoop.fs.Path("file:" + path)));
  }

  private record ScansHere(CsvText text) implements PartScans {

    private interface Scan {
      Look of(RecordStarts starts) throws IOException;
    }

    @Override
    public List<Look> all(FoundFile file, List<Part> parts) {
      return parts.stream().map(part -> look(file, starts -> starts.of(part))).toList();
    }

    @Override
    public Look again(FoundFile file, Part part) {
      return look(file, starts -> starts.from(part));
    }

    private Look look(FoundFile file, Scan scan) {
      try {
        return scan.of(new RecordStarts(text, file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
