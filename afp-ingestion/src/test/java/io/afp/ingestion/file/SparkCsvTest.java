package io.afp.ingestion.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CsvDef;
import io.afp.core.definition.CsvParser;
import io.afp.core.lake.RawRows;
import org.junit.jupiter.api.Test;

/** CSV by Spark's parser, where that is asked for or the only one that can read a dialect. */
class SparkCsvTest extends CsvTests {

  private static final CsvDef SPARK = CsvDef.usual().by(CsvParser.SPARK);

  @Test
  void recordsAreTakenApartAsByAfp() {
    file("a.csv", "id,name\r\n1,\"a\r\n\"\"b\"\"\"\r\n2,\"c\" d\n3\nx,e\n4,Zo\u00eb");
    FileSource source = source(SPARK, "a.csv");
    assertThat(texts(conform(source).accepted()))
        .containsExactlyInAnyOrder("1 a\n\"b\"", "2 \"c\" d", "4 Zo\u00eb");
    assertThat(reasons(conform(source))).containsExactlyInAnyOrder("malformed 3", "type x");
  }

  @Test
  void aZeroByteInQuotesThatTheParserMayLoseRejectsItsRow() {
    file("a.csv", "id,name\n1,a\0b\n2,\"a\0\"\n3,d\n4,\"\0\"\"e\"");
    FileSource source = source(SPARK, "a.csv");
    assertThat(texts(conform(source).accepted())).containsExactlyInAnyOrder("1 a\0b", "3 d");
    assertThat(reasons(conform(source)))
        .containsExactlyInAnyOrder("malformed 2,\"a\0\"", "malformed 4,\"\0\"\"e\"");
  }

  @Test
  void aValueThatHasNoEndIsAnErrorThatNamesTheFile() {
    file("a.csv", "id,name\n1,a\n2,\"" + "x".repeat(100_100_000));
    assertThat(failure(source(SPARK, "a.csv"), RawRows::rows))
        .contains("a.csv: it is broken (a value has more than 100,000,000 characters");
  }

  @Test
  void aQuoteThatIsNoCharacterOfAsciiIsLeftToIt() {
    file("a.csv", "id,name\n1,\u00a7a,b\u00a7\n".getBytes(UTF_8));
    FileSource source = source(new CsvDef(true, ",", "\u00a7", "", "", 0), "a.csv");
    assertThat(texts(conform(source).accepted())).containsExactly("1 a,b");
  }
}
