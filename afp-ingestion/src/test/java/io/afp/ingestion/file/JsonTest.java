package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.FileFormat;
import io.afp.core.definition.TableDef;
import org.junit.jupiter.api.Test;

class JsonTest extends FileTests {

  private static final TableDef TABLE = table("id int", "name string");

  @Override
  FileFormat format() {
    return FileFormat.JSON;
  }

  @Test
  void objectsComeInArraysOrOneAfterTheOtherOverAnyLines() {
    file("array.json", "[\n  {\n \"id\": 1,\n \"name\": \"a\"}\n,\n {\"id\":2}\n]\n");
    file("one.json", "{\n \"id\": 3,\n \"name\": [1.50, {}]\n}");
    file("many.json", "{\"id\":4} {\"id\":\n5}\n[{\"id\":6}][]");
    file("none.json", "[]");
    assertThat(accepted(TABLE, "array.json", "one.json", "many.json", "none.json"))
        .containsExactly("1 a", "2 null", "3 [1.50,{}]", "4 null", "5 null", "6 null");
  }

  @Test
  void aByteOrderMarkIsNoPartOfIt() {
    file("a.json", "\uFEFF[{\"id\":1}]");
    assertThat(accepted(TABLE, "a.json")).containsExactly("1 null");
  }

  @Test
  void whatIsNoObjectIsRejectedWithItsText() {
    file("a.json", "[{\"id\":1}, 5, \"x\", null, [ {\"id\": 2} ], {\"id\":3,\"Id\":4}] 7");
    assertThat(accepted(TABLE, "a.json")).containsExactly("1 null");
    assertThat(rejected(TABLE, "a.json"))
        .containsExactlyInAnyOrder(
            "malformed 5",
            "malformed \"x\"",
            "malformed null",
            "malformed [{\"id\":2}]",
            "malformed {\"id\":3,\"Id\":4}",
            "malformed 7");
  }

  @Test
  void aFileThatIsNoJsonIsBrokenWithThePlace() {
    file("cut.json", "[{\"id\":1},\n{\"id\":2");
    assertThat(failure(TABLE, "cut.json"))
        .startsWith("AFP-ING-002")
        .contains("cut.json: it is broken (line 2, column 8 is no JSON)");
    file("csv.json", "id,name\n1,a\n");
    assertThat(failure(TABLE, "csv.json")).contains("csv.json: it is broken (line 1, column");
    file("empty.json", "");
    assertThat(failure(TABLE, "empty.json")).contains("it is empty; no rows are []");
  }

  @Test
  void halfACharacterIsKeptInTheReject() {
    file("a.json", "[{\"id\":1,\"name\":\"\\ud83d \\ud83d\\ude00\"}]");
    assertThat(rejected(TABLE, "a.json"))
        .containsExactly("malformed {\"id\":1,\"name\":\"\\ud83d 😀\"}");
  }

  @Test
  void whatIsTooDeepFailsTheFileWithThePlace() {
    file("deep.json", "{\"id\":" + "[".repeat(100_001));
    assertThat(failure(TABLE, "deep.json"))
        .contains(
            "deep.json: it is broken (line 1, column ", "can't be read: Depth (100001) exceeds");
  }

  @Test
  void aFileThatBreaksLateIsNamedToo() {
    file("late.json", "[" + "{\"id\":1},\n".repeat(5000) + "{\"id\" 2}]");
    assertThat(failure(TABLE, "late.json"))
        .startsWith("AFP-ING-002")
        .contains("late.json: it is broken (line 5001, column 8 is no JSON");
  }
}
