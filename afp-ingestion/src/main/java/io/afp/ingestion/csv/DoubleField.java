package io.afp.ingestion.csv;

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** Doubles in digits, bit for bit as Java reads them. */
record DoubleField(AnyForm any, NumberText number) implements FieldWriter {

  DoubleField(AnyForm any) {
    this(any, new NumberText());
  }

  @Override
  public boolean write(byte[] text, int from, int to, UnsafeRowWriter row, int ordinal) {
    double value = number.read(text, from, to) ? NearestDouble.of(number) : NearestDouble.NONE;
    if (Double.isNaN(value)) {
      return any.write(text, from, to, row, ordinal);
    }
    row.write(ordinal, value);
    return true;
  }
}
