package io.afp.ingestion.csv;

import io.afp.core.definition.ColumnType;
import io.afp.core.definition.EntryDef;
import io.afp.core.lake.TextReader;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Integers of fewer bytes than a contract has: programs that read by schema may ask for them.
 *
 * @param bytes 1 or 2
 */
record SmallField(int bytes, TextReader reader) implements FieldWriter {

  /** Whether a type, as Spark names it, is one of these. */
  static boolean isOfType(String type) {
    return type.equals("tinyint") || type.equals("smallint");
  }

  static SmallField of(String type) {
    TextReader integers = TextReader.of(ColumnType.parse("int").orElseThrow(), EntryDef.none());
    return new SmallField(type.equals("tinyint") ? 1 : 2, integers);
  }

  @Override
  public boolean write(byte[] text, int from, int to, UnsafeRowWriter row, int ordinal) {
    Integer number = (Integer) reader.read(UTF8String.fromBytes(text, from, to - from));
    if (number == null || number != narrowed(number)) {
      return false;
    }
    if (bytes == 1) {
      row.write(ordinal, number.byteValue());
    } else {
      row.write(ordinal, number.shortValue());
    }
    return true;
  }

  private int narrowed(int number) {
    return bytes == 1 ? (byte) number : (short) number;
  }
}
