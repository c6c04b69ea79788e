package io.afp.ingestion.csv;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/**
 * Writes a field as a value of its column. A field that is not there, is empty or stands for null
 * is null, and so is one that is no value: that is a failure.
 */
final class FieldCell implements Cell {

  private final int field;
  private final CsvColumn column;
  private final FieldWriter writer;
  private final byte[][] nullValues;
  private final Failures failures;

  FieldCell(int field, CsvColumn column, byte[][] nullValues, Failures failures) {
    this.field = field;
    this.column = column;
    this.writer = column.writer();
    this.nullValues = nullValues;
    this.failures = failures;
  }

  @Override
  public void write(RecordScanner record, UnsafeRowWriter row, int ordinal) {
    if (field >= record.fields() || !record.find(field) || isNull(record)) {
      writer.writeNull(row, ordinal);
    } else if (!writer.write(record.bytes(), record.from(), record.to(), row, ordinal)) {
      writer.writeNull(row, ordinal);
      failures.add(column, record);
    }
  }

  private boolean isNull(RecordScanner record) {
    for (byte[] text : nullValues) {
      if (Arrays.equals(text, 0, text.length, record.bytes(), record.from(), record.to())) {
        return true;
      }
    }
    return false;
  }
}
