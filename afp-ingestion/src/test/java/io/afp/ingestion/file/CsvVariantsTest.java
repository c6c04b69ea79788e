package io.afp.ingestion.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.CsvDef;
import io.afp.core.lake.Contract;
import io.afp.core.lake.RawRows;
import java.nio.charset.Charset;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV as real programs write it. */
class CsvVariantsTest extends CsvTests {

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252", "UTF-32"})
  void textIsReadInItsEncoding(String name) {
    Charset encoding = Charset.forName(name);
    file("a.csv", "id,name\r\n1,Zoë\r\n2,\"Å\r\nß\"\r\n".getBytes(encoding));
    FileSource source = source(CsvDef.usual(), encoding, "a.csv");
    assertThat(texts(conform(source).accepted())).containsExactlyInAnyOrder("1 Zoë", "2 Å\nß");
  }

  @Test
  void byteOrderMarksAreNoPartOfTheText() {
    file("le.csv", "\uFEFFid,name\n1,✓\n".getBytes(UTF_16LE));
    file("be.csv", "\uFEFFid,name\n2,✓\n".getBytes(UTF_16BE));
    FileSource source = source(CsvDef.usual(), Charset.forName("UTF-16"), "le.csv", "be.csv");
    assertThat(texts(conform(source).accepted())).containsExactlyInAnyOrder("1 ✓", "2 ✓");
    FileSource named = source(CsvDef.usual(), UTF_16LE, "le.csv");
    assertThat(texts(conform(named).accepted())).containsExactly("1 ✓");
  }

  @Test
  void bytesThatAreNoneInTheEncodingAreNeverReplaced() {
    file("head.csv", "id,näme\n1,a\n".getBytes(ISO_8859_1));
    assertThat(failure(UTF_8, "head.csv")).contains("byte 4 (0xE4) is wrong in UTF-8; write");
    file("late.csv", ("id,name\n" + "1,a\n".repeat(100_000) + "2,Zoë\n").getBytes(ISO_8859_1));
    assertThat(failure(UTF_8, "late.csv")).contains("late.csv").contains("byte 400012 (0xEB)");
    file("utf16.csv", "\uFEFFid,name\n1,a\n".getBytes(UTF_16LE));
    assertThat(failure(UTF_8, "utf16.csv")).contains("write encoding: UTF-16");
    file("odd.csv", new byte[] {0, 'i', 0, 'd', 0, ',', 0});
    assertThat(failure(UTF_16BE, "odd.csv")).contains("is wrong in UTF-16BE");
    file("1252.csv", new byte[] {'i', 'd', ',', 'n', 'a', 'm', 'e', '\n', '1', ',', (byte) 0x81});
    assertThat(failure(Charset.forName("windows-1252"), "1252.csv"))
        .contains("byte 10 (0x81) is wrong in windows-1252");
    file("half.csv", halfACharacter());
    assertThat(failure(Charset.forName("UTF-32BE"), "half.csv")).contains("half.csv: it is broken");
    file("swapped.csv", "\uFFFEid,name\n".getBytes(UTF_16LE));
    assertThat(failure(UTF_16LE, "swapped.csv")).contains("U+FFFE is no character");
  }

  /** Java's decoder of UTF-32 takes it for a character. */
  private static byte[] halfACharacter() {
    byte[] text = "id,name\n1,?b\n2,c\n".getBytes(Charset.forName("UTF-32BE"));
    int at = 4 * "id,name\n1,".length();
    System.arraycopy(new byte[] {0, 0, (byte) 0xD8, 0}, 0, text, at, 4);
    return text;
  }

  @Test
  void delimitersMayBeSeveralCharacters() {
    file("a.csv", "id||name\n1||a|b\n2||\"a||b\"\n3||\"c\" ||\n");
    FileSource source = source(new CsvDef(true, "||", "\"", "", "", 0), "a.csv");
    assertThat(texts(conform(source).accepted())).containsExactlyInAnyOrder("1 a|b", "2 a||b");
    assertThat(conform(source).rejected().count()).isEqualTo(1);
    file("b.csv", "id\\name\n1\\a\n");
    FileSource backslash = source(new CsvDef(true, "\\", "\"", "", "", 0), "b.csv");
    assertThat(texts(conform(backslash).accepted())).containsExactly("1 a");
    file("c.csv", "id\tname\n1\ta b\n2\t\n");
    FileSource tab = source(new CsvDef(true, "\t", "\"", "", "", 0), "c.csv");
    assertThat(texts(conform(tab).accepted())).containsExactlyInAnyOrder("1 a b", "2 null");
  }

  @Test
  void quotesMayBeOthersOrNone() {
    file("a.csv", "id,name\n1,'a,b'\n2,'it''s'\n3,\"c\"\n");
    FileSource single = source(new CsvDef(true, ",", "'", "", "", 0), "a.csv");
    assertThat(texts(conform(single).accepted()))
        .containsExactlyInAnyOrder("1 a,b", "2 it's", "3 \"c\"");
    file("b.csv", "id,name\n1,\"a\n2,b\"c\n3,\0\n");
    FileSource none = source(new CsvDef(true, ",", "", "", "", 0), "b.csv");
    assertThat(texts(conform(none).accepted()))
        .containsExactlyInAnyOrder("1 \"a", "2 b\"c", "3 \0");
  }

  @Test
  void aQuoteMayBeEscapedInsteadOfDoubled() {
    file("a.csv", "id,name\n1,\"say \\\"a\\\"\"\n2,\"c:\\\\\"\n3,\"a\\nb\"\n4,c:\\d\n");
    FileSource source = source(new CsvDef(true, ",", "\"", "\\", "", 0), "a.csv");
    assertThat(texts(conform(source).accepted()))
        .containsExactlyInAnyOrder("1 say \"a\"", "2 c:\\", "3 a\\nb", "4 c:\\d");
    file("open.csv", "id,name\n1,a\n2,\"b\\\"\n3,c\n");
    FileSource open = source(new CsvDef(true, ",", "\"", "\\", "", 0), "open.csv");
    assertThat(texts(conform(open).accepted())).containsExactly("1 a");
    assertThat(conform(open).rejected().count()).isEqualTo(1);
  }

  @Test
  void commentsAndLinesBeforeTheHeaderAreSkipped() {
    file("a.csv", "Report of \"today\nfrom,x\n\nid,name\n# \"note\n1,#\n#2,b\n\n3,c");
    FileSource source = source(new CsvDef(true, ",", "\"", "", "#", 2), "a.csv");
    assertThat(texts(conform(source).accepted())).containsExactlyInAnyOrder("1 #", "3 c");
    file("b.csv", "x\r\n1,a\r\n2,b\r\n");
    FileSource plain = source(new CsvDef(false, ",", "\"", "", "", 1), "b.csv");
    assertThat(texts(conform(plain).accepted())).containsExactlyInAnyOrder("1 a", "2 b");
    file("c.csv", "x\n");
    assertThat(failure(source(new CsvDef(true, ",", "\"", "", "", 5), "c.csv")))
        .contains("it is empty");
  }

  @Test
  void filesWithoutAnEndingInTheirNameAreReadToo() {
    file("part-00000", "id,name\n1,Zoë\r2,b\n");
    file("table", "id,name\n3,c\n");
    file("2024.01", "id,name\n4,d\n");
    assertThat(accepted("part-00000", "table", "2024.01"))
        .containsExactlyInAnyOrder("1 Zoë", "2 b", "3 c", "4 d");
  }

  @Tag("long")
  @Test
  void aRowOfFiveThousandColumnsIsRead() {
    String header =
        IntStream.range(0, 4998).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    String values = "x,".repeat(4998);
    file("a.csv", header + ",id,name\n" + values + "1,a\n" + values + "y,b\n" + values + "2\n");
    Contract.Conformed conformed = conform(source("a.csv"));
    assertThat(texts(conformed.accepted())).containsExactly("1 a");
    assertThat(reasons(conformed)).hasSize(2).contains("type y");
  }

  @Test
  void aValueOfFiftyMegabytesIsRead() {
    file("a.csv", "id,name\n1," + "x".repeat(50_000_000) + "\n2,b\n");
    assertThat(texts(conform(source("a.csv")).accepted().selectExpr("id", "length(name)")))
        .containsExactlyInAnyOrder("1 50000000", "2 1");
  }

  @Test
  void aValueThatHasNoEndIsAnErrorThatNamesTheFile() {
    file("a.csv", "id,name\n1,a\n2,\"" + "x".repeat(100_100_000));
    assertThat(failure(UTF_8, "a.csv"))
        .startsWith("AFP-ING-002 Cannot read file")
        .contains("a.csv: it is broken (a record has more than 100,000,000 bytes");
  }

  @Test
  void aFileThatIsNoTextAtAllIsBroken() {
    byte[] bytes = new byte[10_000];
    new Random(1).nextBytes(bytes);
    file("a.csv", bytes);
    assertThat(failure(UTF_8, "a.csv")).startsWith("AFP-ING-002");
    file("nul.csv", new byte[100]);
    assertThatThrownBy(() -> accepted("nul.csv")).hasMessageContaining("its header lacks columns");
  }

  private String failure(Charset encoding, String name) {
    return failure(source(CsvDef.usual(), encoding, name));
  }

  private static String failure(FileSource source) {
    return failure(source, RawRows::rows);
  }
}
