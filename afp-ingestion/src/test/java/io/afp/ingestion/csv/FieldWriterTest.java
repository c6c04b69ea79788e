package io.afp.ingestion.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.ColumnType;
import io.afp.core.definition.EntryDef;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.junit.jupiter.api.Test;

/** Fields that are no numbers and no times, and what the fast writers read by themselves. */
class FieldWriterTest {

  @Property
  void aWordIsWrittenAsItIsRead(@ForAll("columns") Fields column, @ForAll("words") String text) {
    column.isWrittenAsRead(text);
  }

  @Provide
  Arbitrary<Fields> columns() {
    return Arbitraries.of("boolean", "string", "binary").map(Fields::of);
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.oneOf(FieldTexts.words(), FieldTexts.numbers());
  }

  @Test
  void theUsualFormsAreReadWithoutTheReaderOfTexts() {
    isFast("int", "0", "-2147483648", "+007");
    isFast("long", "5999999", "-999999999999999999");
    isFast("decimal(12,2)", "17954.55", "-0.1", "5", "1234567890.12");
    isFast("decimal(38,18)", "123.4567");
    isFast(
        "double",
        "0.1",
        "-12.5e3",
        "9007199254740992",
        "1E-22",
        "0.30000000000000004",
        "2.2250738585072014E-308",
        "1.7976931348623157E300");
    isFast("float", "0.1", "3.25");
    isFast("boolean", "true", "False", "1", "n");
    isFast("date", "1996-03-13", "2024-02-29");
    isFast("timestamp_ntz", "1996-03-13", "1996-03-13T23:59", "1996-03-13 23:59:59.123456");
    isFast("timestamp", "1996-03-13 23:59:59", "1996-03-13T23:59:59.5Z");
  }

  private static void isFast(String type, String... texts) {
    ColumnType parsed = ColumnType.parse(type).orElseThrow();
    FieldWriter writer = FieldWriter.of(new AnyForm(parsed, null), EntryDef.none());
    UnsafeRowWriter row = new UnsafeRowWriter(1);
    row.reset();
    for (String text : texts) {
      byte[] bytes = text.getBytes(UTF_8);
      assertThat(writer.write(bytes, 0, bytes.length, row, 0)).as(text).isTrue();
    }
  }
}
