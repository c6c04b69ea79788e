package io.afp.ingestion.csv;

import io.afp.core.definition.ColumnType;
import io.afp.core.lake.TextReader;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/** Values in all forms that their type may have: what the fast writers leave to it. */
record AnyForm(ColumnType type, TextReader reader) implements FieldWriter {

  @Override
  public boolean write(byte[] text, int from, int to, UnsafeRowWriter row, int ordinal) {
    Object value = reader.read(UTF8String.fromBytes(text, from, to - from));
    if (value != null) {
      write(value, row, ordinal);
    }
    return value != null;
  }

  private void write(Object value, UnsafeRowWriter row, int ordinal) {
    switch (type.kind()) {
      case BOOLEAN -> row.write(ordinal, (boolean) value);
      case INT, DATE -> row.write(ordinal, (int) value);
      case LONG, TIMESTAMP, TIMESTAMP_NTZ -> row.write(ordinal, (long) value);
      case FLOAT -> row.write(ordinal, (float) value);
      case DOUBLE -> row.write(ordinal, (double) value);
      case DECIMAL -> row.write(ordinal, (Decimal) value, type.precision(), type.scale());
      case STRING -> row.write(ordinal, (UTF8String) value);
      case BINARY -> row.write(ordinal, (byte[]) value);
    }
  }

  /** Spark keeps the place of a long decimal that is null. */
  @Override
  public void writeNull(UnsafeRowWriter row, int ordinal) {
    if (type.kind() == ColumnType.Kind.DECIMAL) {
      row.write(ordinal, (Decimal) null, type.precision(), type.scale());
    } else {
      row.setNullAt(ordinal);
    }
  }
}
