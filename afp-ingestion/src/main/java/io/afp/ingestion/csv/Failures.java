package io.afp.ingestion.csv;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.unsafe.types.UTF8String;

/** The fields of a record that are no values of their columns. Not thread-safe. */
final class Failures implements Cell {

  private static final int PARTS = 4;
  private static final int POINTER = 8;

  private final List<Failure> found = new ArrayList<>();

  private record Failure(CsvColumn column, UTF8String text) {}

  void clear() {
    found.clear();
  }

  void add(CsvColumn column, RecordScanner record) {
    found.add(new Failure(column, record.found()));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Writes them as an array of column, reason, words and value; null if there are none. */
  @Override
  public void write(RecordScanner record, UnsafeRowWriter row, int ordinal) {
    if (found.isEmpty()) {
      row.setNullAt(ordinal);
      return;
    }
    int before = row.cursor();
    UnsafeArrayWriter all = new UnsafeArrayWriter(row, POINTER);
    all.initialize(found.size());
    UnsafeRowWriter each = new UnsafeRowWriter(all, PARTS);
    for (int i = 0; i < found.size(); i++) {
      int start = all.cursor();
      each.resetRowWriter();
      write(found.get(i), each);
      all.setOffsetAndSizeFromPreviousCursor(i, start);
    }
    row.setOffsetAndSizeFromPreviousCursor(ordinal, before);
  }

  private static void write(Failure failure, UnsafeRowWriter reason) {
    reason.write(0, UTF8String.fromString(failure.column().column()));
    reason.write(1, UTF8String.fromString("type"));
    reason.write(2, UTF8String.fromString(failure.column().words()));
    reason.write(3, failure.text());
  }
}
