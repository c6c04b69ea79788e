package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.lake.RawRows;
import org.junit.jupiter.api.Test;

class CsvSourceTest extends CsvTests {

  @Test
  void quotesHoldDelimitersAndDoubledQuotesAndBackslashesAreThemselves() {
    file("a.csv", "id,name\n1,\"a,b\"\n2,\"say \"\"a, b\"\"\"\n3,a\\b\n4,\"c:\\\"\n5,\"\"\n6,\n");
    assertThat(accepted("a.csv"))
        .as("an empty field is null, with quotes or without")
        .containsExactlyInAnyOrder(
            "1 a,b", "2 say \"a, b\"", "3 a\\b", "4 c:\\", "5 null", "6 null");
  }

  @Test
  void aLineEndWithinQuotesIsPartOfTheValue() {
    file("lf.csv", "id,name\n1,a\n2,\"b\n\nc\"\n3,d\n");
    file("crlf.csv", "id,name\r\n4,\"e\r\nf\"\r\n5,g\r\n");
    assertThat(accepted("lf.csv", "crlf.csv"))
        .as("line ends within quotes become those of Unix")
        .containsExactlyInAnyOrder("1 a", "2 b\n\nc", "3 d", "4 e\nf", "5 g");
  }

  @Test
  void mixedLineEndsNeverGoIntoAValue() {
    file("lf.csv", "id,name\n1,a\r\n2,b\n");
    assertThat(accepted("lf.csv")).containsExactlyInAnyOrder("1 a", "2 b");
    file("crlf.csv", "id,name\r\n1,a\n2,b\r\n3,c\r4,d\r\n");
    assertThat(accepted("crlf.csv")).containsExactly("1 a", "2 b", "3 c", "4 d");
  }

  @Test
  void aQuoteThatIsNeverClosedRejectsOneRowAndKeepsItsText() {
    file("last.csv", "id,name\n1,a\n2,\"b\n3,c\n4,d\n");
    assertThat(accepted("last.csv")).containsExactly("1 a");
    assertThat(rejected("last.csv")).containsExactly("malformed 2,\"b\n3,c\n4,d\n");
    file("first.csv", "id,name\n1,a\n\"2,b\n3,c");
    assertThat(accepted("first.csv")).containsExactly("1 a");
    assertThat(rejected("first.csv")).containsExactly("malformed \"2,b\n3,c");
    file("cut.csv", "id,name\n1,a\n2,\"b");
    assertThat(rejected("cut.csv")).as("the end of the file is missing").hasSize(1);
  }

  @Test
  void aQuoteThatALaterValueClosesSwallowsNoLine() {
    file("a.csv", "id,name\n1,a\n2,\"b\n3,\"c\"\n4,\"d\"\n");
    assertThat(accepted("a.csv")).containsExactlyInAnyOrder("1 a", "4 d");
    assertThat(rejected("a.csv")).containsExactly("malformed 2,\"b\n3,\"c\"");
    file("legal.csv", "id,name\n1,\"\"\"a\"\" b\nc\"\n2,\"d\ne\" \n");
    assertThat(accepted("legal.csv"))
        .as("quotes and line ends that are as they should be")
        .containsExactlyInAnyOrder("1 \"a\" b\nc", "2 d\ne");
  }

  @Test
  void aQuoteWithinALineIsText() {
    file("a.csv", "id,name\n1,5\" pipe\n2,\"a\" b\n3, \"c\"\n");
    assertThat(accepted("a.csv")).containsExactlyInAnyOrder("1 5\" pipe", "2 \"a\" b", "3  \"c\"");
  }

  @Test
  void zeroBytesArePartOfTheirValueAndOfNoComment() {
    file("a.csv", "id,name\n1,a\0b\n\0,c\n2,\"a\0\"\n3,d\n4,\"\0\"\"e\"");
    assertThat(accepted("a.csv")).containsExactlyInAnyOrder("1 a\0b", "2 a\0", "3 d", "4 \0\"e");
    assertThat(rejected("a.csv")).containsExactly("type \0");
  }

  @Test
  void rejectsSayWhereTheirRecordBegins() {
    file("a.csv", "\uFEFFid,name\r\n1,\"a\r\nb\"\r\n\r\nx,c\r\n2\r\n");
    assertThat(
            texts(
                conform(source("a.csv")).rejected().selectExpr("record", "line || ' ' || offset")))
        .containsExactly("{\"id\":\"x\",\"name\":\"c\"} 5 24", "2 6 29");
  }

  @Test
  void linesWithTooFewOrTooManyFieldsAreKeptAsTheyAre() {
    file("a.csv", "id,name\n1\n2,b\n3,c,x\n,\n");
    assertThat(accepted("a.csv")).containsExactlyInAnyOrder("2 b", "null null");
    assertThat(rejected("a.csv")).containsExactlyInAnyOrder("malformed 1", "malformed 3,c,x");
  }

  @Test
  void lettersInANumberRejectTheRowWithTheValue() {
    file("a.csv", "id,name\n1x,a\n 2,b\n3.5,c\n99999999999,d\n");
    assertThat(accepted("a.csv")).as("blanks around a number are no fault").containsExactly("2 b");
    assertThat(rejected("a.csv"))
        .containsExactlyInAnyOrder("type 1x", "type 3.5", "type 99999999999");
  }

  @Test
  void namesOfFilesAreNoPatternsAndMayHaveBlanksAndUmlauts() {
    file("a [1] {x,y} ? * 100% ä#+.csv", "id,name\n1,a\n");
    file("a 1 x.csv", "id,name\n2,b\n");
    assertThat(accepted("a [1] {x,y} ? * 100% ä#+.csv")).containsExactly("1 a");
    assertThat(
            source("a [1] {x,y} ? * 100% ä#+.csv")
                .read(session())
                .rows()
                .select(RawRows.FILE)
                .head()
                .getString(0))
        .as("rows say where they come from by the address that was given")
        .isEqualTo(address("a [1] {x,y} ? * 100% ä#+.csv"));
  }
}
