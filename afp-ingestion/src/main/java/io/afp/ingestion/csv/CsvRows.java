package io.afp.ingestion.csv;

import io.afp.core.definition.FieldName;
import io.afp.core.lake.RecordPlaces.Place;
import io.afp.ingestion.text.FieldNames;
import io.afp.ingestion.text.TextFiles;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;

/** The rows of some slices, one after the other. Each row is the same object. */
final class CsvRows implements PartitionReader<InternalRow> {

  private final CsvFiles files;
  private final StructType required;
  private final CsvText text;
  private final Iterator<CsvSlice> slices;
  private final Set<String> asked;
  private CsvSlice slice;
  private RecordScanner records;
  private RecordRow row;
  private InternalRow current;
  private Iterator<Place> picked;

  CsvRows(CsvFiles files, StructType required, CsvText text, List<CsvSlice> slices) {
    this.files = files;
    this.required = required;
    this.text = text;
    this.slices = slices.iterator();
    this.asked =
        files.columnNames().stream().map(FieldName::plain).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (!hasRow()) {
        close();
        if (!slices.hasNext()) {
          return false;
        }
        slice = slices.next();
        open();
      }
      return true;
    } catch (IOException e) {
      throw TextFiles.whileReading(new Path(slice.file().address()).toUri().toString(), e);
    }
  }

  private boolean hasRow() throws IOException {
    while (hasRecord()) {
      current = row.of(records);
      if (files.mode() == ReadMode.PERMISSIVE || !row.isBad(records)) {
        return true;
      }
      if (files.mode() == ReadMode.FAILFAST) {
        throw new IOException(
            "line %d is malformed, and the mode is FAILFAST".formatted(records.line()));
      }
    }
    return false;
  }

  private boolean hasRecord() throws IOException {
    return records != null && isAtRecord() && records.next();
  }

  private boolean isAtRecord() throws IOException {
    if (slice.only().isEmpty()) {
      return records.nextOffset() < slice.to();
    }
    if (!picked.hasNext()) {
      return false;
    }
    Place place = picked.next();
    records.skipTo(place.offset(), place.line());
    return true;
  }

  private void open() throws IOException {
    picked = slice.only().iterator();
    if (slice.from() == 0) {
      records = text.open(slice.file());
      use(files.format().header() && records.next() ? names(records.texts()) : places());
    } else {
      use(files.format().header() ? names(text.firstRecord(slice.file())) : places());
      records = text.openAt(slice.file(), slice.from());
      records.startAtLine(slice.line());
    }
  }

  private List<String> places() {
    return files.columnNames();
  }

  private List<String> names(List<String> header) {
    List<String> names = asked(FieldNames.of(slice.file().address(), header));
    Set<String> found = Set.copyOf(names);
    List<String> missing =
        files.columnNames().stream().filter(n -> !found.contains(FieldName.plain(n))).toList();
    if (!missing.isEmpty()) {
      throw FieldNames.wrong(
          slice.file().address(),
          "its header lacks columns: missing=%s, found=%,d".formatted(missing, names.size()));
    }
    return names;
  }

  /** A field whose name is kept out of all plans is asked for by its place. */
  private List<String> asked(List<String> given) {
    Set<String> places = new HashSet<>(files.columnNames());
    given.forEach(places::remove);
    return IntStream.range(0, given.size())
        .mapToObj(
            i ->
                places.contains(FieldName.ofPlace(i)) && !asked.contains(given.get(i))
                    ? FieldName.ofPlace(i)
                    : given.get(i))
        .toList();
  }

  private void use(List<String> fields) {
    if (row == null || !row.fields().equals(fields)) {
      row = new RecordRow(files, required, fields);
    }
    row.begin(slice.file().address());
  }

  @Override
  public InternalRow get() {
    return current;
  }

  @Override
  public void close() throws IOException {
    if (records != null) {
      records.close();
      records = null;
    }
  }
}
