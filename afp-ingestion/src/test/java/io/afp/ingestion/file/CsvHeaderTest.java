package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.CsvDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.Contract;
import io.afp.core.lake.RawRows;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvHeaderTest extends CsvTests {

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
  void columnsThatAreNotDeclaredAreNamedAndNotLoaded() {
    file("a.csv", ",id,a.b,name,Dep Time,__file,x`y\n0,1,?,a,?,?,?\n1,2x,?,b,?,?,?\n");
    FileSource source = source("a.csv");
    RawRows raw = source.read(session());
    assertThat(source.layouts(session()).get(0).names())
        .containsExactly("_c0", "id", "a.b", "name", "dep time", "_c5", "x`y");
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
            "{\"_c0\":\"1\",\"id\":\"2x\",\"a.b\":\"?\",\"name\":\"b\",\"dep"
                + " time\":\"?\",\"_c5\":\"?\",\"x`y\":\"?\"}");
  }

  @Test
  void aHeaderThatIsWrongIsReportedWithItsFile() {
    file("missing.csv", "id,nmae\n1,a\n");
    assertWrong("missing.csv", "its header lacks columns: missing=[name], found=1 others");
    file("twice.csv", "id,name,ID\n1,a,2\n");
    assertWrong("twice.csv", "its header names a column twice: fields 1 and 3");
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
    FileSource source = source(new CsvDef(false, ";", "\"", "", "", 0), "a.csv");
    assertThat(texts(conform(source).accepted())).as("the mark is skipped").containsExactly("1 a");
    assertThat(conform(source).rejected().count()).isEqualTo(1);
  }

  @Test
  void aTruncatedFileIsBrokenAlsoWhenItsHeaderCannotBeRead() throws IOException {
    byte[] zipped = Archives.GZIP.of("id,name\n1,a\n");
    Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(zipped, 14));
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
}
