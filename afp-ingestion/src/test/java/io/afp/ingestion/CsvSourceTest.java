package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.Contract;
import io.afp.core.lake.RawRows;
import io.afp.core.testing.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceTest {

  private static final TableDef TABLE =
      TableDef.named("raw.t").fromCsv("*.csv").column("id", "int").column("name", "string").build();

  @TempDir private Path folder;

  @Test
  void fieldsAreFoundByTheirNames() {
    file("a.csv", "id,name\n1,a\n");
    file("b.csv", "Name , ID\nb,2\n");
    file("c.csv", "name,id\r\nc,3\r\n");
    assertThat(accepted("a.csv", "b.csv", "c.csv")).containsExactlyInAnyOrder("1 a", "2 b", "3 c");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstName() {
    file("plain.csv", "\uFEFFid,name\n1,a\n");
    file("quoted.csv", "\uFEFF\"id\",\"name\"\n2,b\n");
    assertThat(accepted("plain.csv", "quoted.csv")).containsExactlyInAnyOrder("1 a", "2 b");
  }

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
    file("crlf.csv", "id,name\r\n1,a\n2,b\r\n3,c\r\n");
    assertThat(accepted("crlf.csv")).containsExactly("3 c");
    assertThat(rejected("crlf.csv")).as("not lost").containsExactly("malformed 1,a\n2,b");
  }

  @Test
  void aQuoteThatIsNeverClosedRejectsOneRowAndKeepsItsText() {
    file("a.csv", "id,name\n1,a\n2,\"b\n3,c\n4,d\n");
    assertThat(accepted("a.csv")).contains("1 a");
    assertThat(String.join("", rejected("a.csv")) + accepted("a.csv")).contains("3,c", "4,d");
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
  void columnsThatAreNotDeclaredAreNamedAndNotLoaded() {
    file("a.csv", ",id,a.b,name,Dep Time,__file,x`y\n0,1,?,a,?,?,?\n1,2x,?,b,?,?,?\n");
    CsvSource source = source("a.csv");
    RawRows raw = source.read(session());
    assertThat(source.undeclared(raw)).containsExactly("_c0", "_c2", "dep time", "_c5", "_c6");
    assertThat(accepted("a.csv")).containsExactly("1 a");
    assertThat(
            new Contract(TABLE, List.of())
                .conform(raw)
                .rejected()
                .select("record")
                .head()
                .getString(0))
        .as("the record has them too")
        .isEqualTo(
            "{\"_c0\":\"1\",\"id\":\"2x\",\"_c2\":\"?\",\"name\":\"b\",\"dep time\":\"?\",\"_c5\":\"?\",\"_c6\":\"?\"}");
  }

  @Test
  void aHeaderThatIsWrongIsReportedWithItsFile() {
    file("missing.csv", "id,nmae\n1,a\n");
    assertWrong("missing.csv", "its header lacks columns: missing=[name], found=[id, nmae]");
    file("twice.csv", "id,name,ID\n1,a,2\n");
    assertWrong("twice.csv", "its header names a column twice: [id, name, id]");
    file("empty.csv", "");
    assertWrong("empty.csv", "it is empty");
    file("tabs.csv", "id\tname\n1\ta\n");
    assertWrong("tabs.csv", "missing=[id, name]");
  }

  @Test
  void aHeaderThatStartsLikeACommentIsAHeader() {
    file("a.csv", "#,id,name\nx,1,a\n");
    assertThat(accepted("a.csv")).containsExactly("1 a");
  }

  @Test
  void aFileWithAHeaderOnlyHasNoRows() {
    file("a.csv", "id,name\n");
    assertThat(accepted("a.csv")).isEmpty();
    file("b.csv", "id,name");
    assertThat(accepted("b.csv")).isEmpty();
  }

  @Test
  void withoutAHeaderTheFieldsAreInTheOrderOfTheColumns() {
    file("a.csv", "\uFEFF1;a\n2;b;c\n");
    CsvSource source = new CsvSource(List.of(address("a.csv")), List.of("id", "name"), false, ";");
    assertThat(texts(conform(source).accepted())).as("the mark is skipped").containsExactly("1 a");
    assertThat(conform(source).rejected().count()).isEqualTo(1);
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

  @Test
  void aTruncatedFileIsBrokenAlsoWhenItsHeaderCannotBeRead() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write("id,name\n1,a\n".getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(zipped.toByteArray(), 14));
    Files.writeString(folder.resolve("none.csv.gz"), "id,name\n1,a\n");
    for (String name : List.of("cut.csv.gz", "none.csv.gz")) {
      assertThatThrownBy(() -> source(name).read(session()))
          .isInstanceOfSatisfying(
              AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_UNREADABLE))
          .hasMessageContaining(name);
    }
  }

  private void assertWrong(String name, String reason) {
    assertThatThrownBy(() -> source(name).read(session()))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HEADER_WRONG))
        .hasMessageContaining(name)
        .hasMessageContaining(reason);
  }

  private List<String> accepted(String... names) {
    return texts(conform(source(names)).accepted());
  }

  /** Reason and value of each reject. */
  private List<String> rejected(String... names) {
    return texts(
        conform(source(names))
            .rejected()
            .selectExpr("explode(reasons) r")
            .select("r.reason", "r.value"));
  }

  private static Contract.Conformed conform(CsvSource source) {
    return new Contract(TABLE, List.of()).conform(source.read(session()));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.get(0) + " " + row.get(1)).toList();
  }

  private CsvSource source(String... names) {
    List<String> addresses = Arrays.stream(names).map(this::address).toList();
    return new CsvSource(addresses, List.of("id", "name"), true, ",");
  }

  private String address(String name) {
    return "file:" + folder.resolve(name);
  }

  private void file(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As sessions on a branch are. */
  private static SparkSession session() {
    SparkSession session = TestSpark.session().newSession();
    session.conf().set("spark.sql.csv.parser.columnPruning.enabled", false);
    return session;
  }
}
