package io.afp.ingestion.csv;

import io.afp.core.definition.ColumnType;
import io.afp.core.definition.EntryDef;
import io.afp.core.lake.TextReader;
import java.time.ZoneOffset;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** Writes the text of a field as a value of its column. Not thread-safe. */
interface FieldWriter {

  /**
   * Writes what {@link TextReader} reads.
   *
   * @param text UTF-8, with the field from {@code from} to {@code to}, which may be empty; there is
   *     a byte behind it
   * @return false, and nothing is written, where the text is no value of the type
   */
  boolean write(byte[] text, int from, int to, UnsafeRowWriter row, int ordinal);

  /** Writes null. */
  default void writeNull(UnsafeRowWriter row, int ordinal) {
    row.setNullAt(ordinal);
  }

  /** The writer of a column: usual forms of its type are read fast, all others as well. */
  static FieldWriter of(ColumnType type, EntryDef entry) {
    return of(new AnyForm(type, TextReader.of(type, entry)), entry);
  }

  /** The writer of a column, with what it leaves the unusual forms to. */
  static FieldWriter of(AnyForm any, EntryDef entry) {
    return switch (any.type().kind()) {
      case STRING, BINARY -> FieldWriter::writeBytes;
      case BOOLEAN -> new BooleanField(any);
      case DATE -> new DateField(any, FixedForms.ofDates(entry));
      case TIMESTAMP -> new TimeField(any, FixedForms.ofInstants(entry), offsets(entry));
      case TIMESTAMP_NTZ ->
          new TimeField(any, FixedForms.ofLocalTimes(entry), new DayOffsets(ZoneOffset.UTC));
      case INT, LONG, FLOAT, DOUBLE, DECIMAL -> entry.format().isEmpty() ? number(any, entry) : any;
    };
  }

  private static FieldWriter number(AnyForm any, EntryDef entry) {
    return switch (any.type().kind()) {
      case INT -> new IntField(any);
      case LONG -> new LongField(any);
      case FLOAT -> new FloatField(any);
      case DOUBLE -> new DoubleField(any);
      default -> new DecimalField(any, entry.rounding());
    };
  }

  private static DayOffsets offsets(EntryDef entry) {
    return new DayOffsets(entry.zone().orElse(ZoneOffset.UTC));
  }

  private static boolean writeBytes(
      byte[] text, int from, int to, UnsafeRowWriter row, int ordinal) {
    row.write(ordinal, text, from, to - from);
    return true;
  }
}
