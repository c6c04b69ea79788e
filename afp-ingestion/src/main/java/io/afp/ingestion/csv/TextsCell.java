package io.afp.ingestion.csv;

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** Writes the texts of some fields as a struct; an empty one is null. */
final class TextsCell implements Cell {

  private final int[] fields;
  private final UnsafeRowWriter texts;

  /**
   * The texts for a row.
   *
   * @param fields which they are, in order
   */
  TextsCell(UnsafeRowWriter row, int[] fields) {
    this.fields = fields.clone();
    this.texts = new UnsafeRowWriter(row, fields.length);
  }

  @Override
  public void write(RecordScanner record, UnsafeRowWriter row, int ordinal) {
    int before = row.cursor();
    texts.resetRowWriter();
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] < record.fields() && record.find(fields[i])) {
        texts.write(i, record.bytes(), record.from(), record.to() - record.from());
      } else {
        texts.setNullAt(i);
      }
    }
    row.setOffsetAndSizeFromPreviousCursor(ordinal, before);
  }
}
