package io.afp.ingestion.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.ColumnType;
import io.afp.core.definition.EntryDef;
import io.afp.core.definition.Rounding;
import io.afp.core.lake.TextReader;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Writes a field between two others, and compares the row with the one that Spark makes. */
record Fields(ColumnType type, EntryDef entry, TextReader reader, FieldWriter writer) {

  private static final String AROUND = "0123456789.00000-00-00 00:00:00";
  private static final Map<ColumnType, UnsafeProjection> PROJECTIONS = new ConcurrentHashMap<>();

  static Fields of(String type) {
    return of(type, EntryDef.none());
  }

  static Fields of(String type, String format, String zone) {
    Optional<ZoneId> in = Optional.ofNullable(zone).map(ZoneId::of);
    return of(type, entry(Optional.ofNullable(format), in, Rounding.REJECT));
  }

  static Fields rounded(String type) {
    return of(type, entry(Optional.empty(), Optional.empty(), Rounding.HALF_UP));
  }

  private static EntryDef entry(Optional<String> format, Optional<ZoneId> zone, Rounding rounding) {
    return new EntryDef(
        Optional.empty(), format, zone, rounding, Optional.empty(), false, List.of());
  }

  private static Fields of(String type, EntryDef entry) {
    ColumnType parsed = ColumnType.parse(type).orElseThrow();
    FieldWriter writer = FieldWriter.of(parsed, entry);
    return new Fields(parsed, entry, TextReader.of(parsed, entry), writer);
  }

  /** The row of a text is the one that the reader of texts and Spark make of it. */
  void isWrittenAsRead(String text) {
    Object read = reader.read(UTF8String.fromString(text));
    UnsafeRowWriter row = new UnsafeRowWriter(3);
    row.reset();
    row.zeroOutNullBytes();
    row.write(0, 7L);
    boolean written = write(text, row);
    row.write(2, 9L);
    assertThat(written).as("'%s' is a %s", text, type).isEqualTo(read != null);
    assertThat(row.getRow()).as("'%s' as %s, %s", text, type, read).isEqualTo(bySpark(read));
  }

  private boolean write(String text, UnsafeRowWriter row) {
    byte[] field = text.getBytes(UTF_8);
    int from = text.length() % AROUND.length();
    String around = AROUND.substring(AROUND.length() - from) + text + AROUND;
    boolean written = writer.write(around.getBytes(UTF_8), from, from + field.length, row, 1);
    if (!written) {
      writer.writeNull(row, 1);
    }
    return written;
  }

  private UnsafeRow bySpark(Object value) {
    return PROJECTIONS
        .computeIfAbsent(type, Fields::projection)
        .apply(new GenericInternalRow(new Object[] {7L, value, 9L}));
  }

  private static UnsafeProjection projection(ColumnType type) {
    return UnsafeProjection.create(
        StructType.fromDDL("before bigint, field %s, after bigint".formatted(type.sql())));
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(type, entry.format().orElse(""), entry.zone().orElse(null));
  }
}
