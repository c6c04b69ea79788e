package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestProject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of JSON whose keys change, through the job itself. */
class JsonDriftTest extends SourceColumnsTests {

  private static final String MANY = "{\"id\":1,\"name\":\"a\"}\n".repeat(3000);

  @ParameterizedTest
  @ValueSource(strings = {"json", "jsonl"})
  void aKeyThatNoObjectHasIsAMissingColumn(String format) {
    table(format, "drift: { missing_columns: freeze }");
    file("a", "{\"id\":1,\"name\":\"a\"}\n{\"id\":2}");
    assertThat(TestProject.problems(published())).as("some objects lack it").isEmpty();
    file("a", "{\"id\":1}\n{\"id\":2}");
    assertThat(stopped())
        .startsWith("AFP-ING-003 Cannot load table raw.t: the source lacks column name;")
        .contains("it had it before (schema version=1) (missing in=1 of 1, first=", "in/a)");
    file("a", "{\"id\":1,\"Name\":null}\n{\"id\":2}");
    assertThat(TestProject.problems(published())).as("null is a value").isEmpty();
    assertThat(changes()).isEmpty();
  }

  @Test
  void itIsNullWithAWarningAndAVersionWhereNothingIsDeclared() {
    table("jsonl", "");
    file("a", "{\"id\":1}");
    assertThat(TestProject.problems(published()))
        .singleElement()
        .asString()
        .startsWith(
            "AFP-ING-005 Column name of raw.t is null for some rows: the source lacks column name; it never");
    file("a", "{\"id\":1,\"name\":\"a\"}");
    published();
    file("b", "{\"id\":2}");
    assertThat(TestProject.problems(published()).toString())
        .contains("other files have it (missing in=1 of 2, first=", "in/b");
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a", "2 null");
    assertThat(changes())
        .containsExactly(
            "1 missing name discard column name is declared, and the source never had it; it is null where it is missing",
            "2 new name  column name is new; it is declared",
            "3 gone name discard column name is missing in some files; it is null where it is missing");
  }

  @Test
  void whereThereIsNoObjectNothingIsMissing() {
    table("jsonl", "");
    file("a", "");
    assertThat(TestProject.problems(published())).isEmpty();
    file("b", "{\"id\":1,\"name\":\"a\"}");
    assertThat(TestProject.problems(published())).isEmpty();
    file("b", "\n");
    assertThat(TestProject.problems(published())).isEmpty();
    assertThat(project.lake("select * from raw.t")).isEmpty();
    assertThat(changes()).isEmpty();
    assertThat(project.ledger("select count(*) from afp.schema_version"))
        .as("the one file that had keys")
        .containsExactly("1");
  }

  @Test
  void requiredKeysStopTheRunAndDefaultsAreMeant() {
    table("jsonl", "drift: discard", "state: { type: string, required: true, default: new }");
    file("a", "{\"id\":1,\"name\":\"a\"}");
    assertThat(TestProject.problems(published())).isEmpty();
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a new");
    file("a", "{\"name\":\"a\"}");
    assertThat(stopped()).contains("the source lacks column id; it had it before");
  }

  @Test
  void aNewKeyIsSeenWhereverItComes() {
    table("jsonl", "drift: { new_columns: freeze }");
    file("a", MANY + "{\"id\":2,\"City\":\"Oslo\"}\n");
    assertThat(stopped())
        .startsWith(
            "AFP-ING-005 Cannot load table raw.t: column city of the source is not declared");
    table("jsonl", "");
    published();
    assertThat(changes())
        .containsExactly(
            "1 new city discard column city is new; it is not declared and not loaded");
    table("jsonl", "drift: evolve");
    published();
    assertThat(project.lake("select city, count(*) from raw.t group by 1"))
        .containsExactlyInAnyOrder("null 3000", "Oslo 1");
  }

  @Test
  void theOrderOfKeysIsNoChangeAndAKeyThatNoColumnCanHaveIsSaid() {
    table("jsonl", "drift: evolve");
    file("a", "{\"id\":1,\"name\":\"a\",\"x\":1}");
    published();
    file("a", "{\"x\":1,\"name\":\"a\",\"id\":1,\"a.b\":2,\"\\u0000\":3}");
    assertThat(TestProject.problems(published()))
        .anyMatch(p -> p.contains("Column a.b of the source of raw.t is not loaded"))
        .anyMatch(p -> p.contains("Column ? of the source of raw.t is not loaded"));
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a 1");
    assertThat(changes())
        .extracting(change -> change.substring(0, 9))
        .containsExactly("1 new x e", "2 new ? e", "2 new a.b");
  }

  private void table(String format, String drift, String... more) {
    project.table(
        "raw.t",
        """
        from: { files: "in/*", format: %s }
        columns:
          id:   { type: int, required: true }
          name: { type: string }
        %s
        rejects: { at_most: 100%% }
        %s
        """
            .formatted(
                format,
                List.of(more).stream().map("  "::concat).reduce("", String::concat),
                drift));
  }

  private void file(String name, String text) {
    project.file("p/in/" + name, text);
  }
}
