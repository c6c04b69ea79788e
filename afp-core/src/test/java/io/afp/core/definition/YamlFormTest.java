package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFormTest {

  private static final String COLUMNS = "columns:\n  id: { type: long }\n";

  @TempDir Path root;

  private ProjectFolder project;

  @BeforeEach
  void start() {
    project = new ProjectFolder(root);
  }

  @Test
  void refusesWhatIsNotYaml() {
    project.source("raw.a", "columns:\n  id: { type: long\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:4 AFP-DEF-001 Cannot read the file: it is not YAML: expected ',' or"
                + " '}', but got <stream end> -> Mend the YAML at this place.");
  }

  @Test
  void refusesASecondDocument() {
    project.source("raw.a", COLUMNS + "---\nx: 1\n");
    assertThat(project.lines())
        .singleElement()
        .asString()
        .startsWith("p/tables/raw/a.yaml:4 AFP-DEF-001 Cannot read the file: it is not YAML: ");
  }

  @Test
  void refusesBottomlessNesting() {
    project.table("raw.a", "[".repeat(100_000));
    assertThat(project.lines())
        .singleElement()
        .asString()
        .startsWith("p/tables/raw/a.yaml AFP-DEF-001 Cannot read the file: it is not YAML: ");
  }

  @Test
  void refusesBytesThatAreNotText() throws IOException {
    project.source("raw.a", COLUMNS);
    Files.write(root.resolve("p/tables/raw/a.yaml"), new byte[] {(byte) 0xC3, 0x28});
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml AFP-DEF-001 Cannot read p/tables/raw/a.yaml: it is not text in"
                + " UTF-8 -> Save the file as UTF-8.");
  }

  @Test
  void refusesAKeyThatIsThereTwice() {
    project.source("raw.a", "columns:\n  id: { type: long }\n  id: { type: int }\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:4 (columns.id) AFP-DEF-012 Cannot read columns: the key 'id' is"
                + " there twice -> Keep one of the two.");
  }

  @Test
  void asksForTheKeyThatWasMeant() {
    project.source("raw.a", COLUMNS + "partion_by: [id]\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:4 (partion_by) AFP-DEF-002 Cannot read partion_by: 'partion_by' is"
                + " not a known key -> Did you mean 'partition_by'?");
  }

  @Test
  void namesTheKnownKeysWhenNoneIsNear() {
    project.source("raw.a", "columns:\n  id: { type: long, collation: x }\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (columns.id.collation) AFP-DEF-002 Cannot read"
                + " columns.id.collation: 'collation' is not a known key -> Known keys: type,"
                + " required, description, pii, expr, from, format, zone, rounding, default, may_be_missing, in, length, matches,"
                + " checks.");
  }

  @Test
  void namesAKeyThatIsMissing() {
    project.pipeline("owner: me\n").source("raw.a", "description: x\n");
    assertThat(project.lines())
        .containsExactly(
            "p/pipeline.yaml:1 AFP-DEF-003 Cannot read the file: the key 'pipeline' is missing ->"
                + " Add 'pipeline': a lower-case name of [a-z][a-z0-9_]*.",
            "p/tables/raw/a.yaml:1 AFP-DEF-003 Cannot read the file: the key 'columns' is missing"
                + " -> Add 'columns': a mapping such as id: { type: long }.");
  }

  @Test
  void takesAnEmptyFileForAFileWithoutKeys() {
    project.pipeline("").source("raw.a", COLUMNS);
    assertThat(project.lines())
        .singleElement()
        .asString()
        .startsWith("p/pipeline.yaml AFP-DEF-003 Cannot read the file: the key 'pipeline'");
  }

  @Test
  void refusesAFileThatIsAList() {
    project.table("raw.a", "- a\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:1 AFP-DEF-004 Cannot read the file: it is a list -> Write the keys"
                + " of a table.");
  }

  @Test
  void tellsWhatStandsInThePlaceOfAValue() {
    project.source("raw.a", "columns:\n  id: long\nkey: id\ndescription: [a]\nwrite:\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (columns.id) AFP-DEF-004 Cannot read columns.id: it is a single"
                + " value -> Write a mapping such as { type: int }.",
            "p/tables/raw/a.yaml:4 (key) AFP-DEF-004 Cannot read key: it is a single value -> Write"
                + " a list of columns.",
            "p/tables/raw/a.yaml:5 (description) AFP-DEF-004 Cannot read description: it is a list"
                + " -> Write a text.",
            "p/tables/raw/a.yaml:6 (write) AFP-DEF-004 Cannot read write: it is empty -> Write a"
                + " mapping such as { mode: replace }, or remove it.");
  }

  @Test
  void followsAnchors() {
    project.source("raw.a", "columns:\n  id: &a { type: long }\n  other: *a\n");
    assertThat(project.read().tables().get(0).columns()).hasSize(2);
  }
}
