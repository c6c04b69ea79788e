package io.afp.ingestion.csv;

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** Long integers in digits. */
record LongField(AnyForm any) implements FieldWriter {

  @Override
  public boolean write(byte[] text, int from, int to, UnsafeRowWriter row, int ordinal) {
    long number = WholeNumber.of(text, from, to);
    if (number == WholeNumber.OTHER) {
      return any.write(text, from, to, row, ordinal);
    }
    row.write(ordinal, number);
    return true;
  }
}
