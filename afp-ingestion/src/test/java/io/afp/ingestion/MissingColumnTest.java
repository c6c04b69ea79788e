package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestProject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that lack declared columns, through the job itself. */
class MissingColumnTest extends SourceColumnsTests {

  @Test
  void oneThatWasThereBeforeIsToldFromOneThatNeverWas() {
    table("");
    file("a.csv", "id,name", "1,a");
    published();
    file("a.csv", "id", "1");
    assertThat(stopped())
        .startsWith("AFP-ING-003 Cannot load table raw.t: the source lacks column name;")
        .contains("it had it before (schema version=1) (missing in=1 of 1, first=", "a.csv)");

    project.table("raw.u", TABLE.formatted("u.csv", "raw", ""));
    project.file("p/u.csv", "id\n1\n");
    assertThat(TestProject.problems(run()))
        .anyMatch(p -> p.contains("raw.u: the source lacks column name; it never had it"));
    assertThat(changes()).as("a failed run leaves nothing").isEmpty();
  }

  @Test
  void itIsNullWithAWarningAndAVersionWhereThatIsDeclared() {
    table("drift: { missing_columns: discard }");
    file("a.csv", "id", "1");
    assertThat(TestProject.problems(published()))
        .singleElement()
        .asString()
        .startsWith(
            "AFP-ING-005 Column name of raw.t is null for some rows: the source lacks column name; it never");
    file("a.csv", "id,name", "1,a");
    published();
    file("b.csv", "id", "2");
    assertThat(TestProject.problems(published()).toString())
        .contains("other files have it (missing in=1 of 2, first=", "b.csv");
    file("b.csv", "id,name", "2,b");
    published();
    file("a.csv", "id", "1");
    file("b.csv", "id", "2");
    published();

    assertThat(project.lake("select * from raw.t")).containsExactly("1 null", "2 null");
    assertThat(changes())
        .containsExactly(
            "1 missing name discard column name is declared, and the source never had it; it is null where it is missing",
            "2 new name  column name is new; it is declared",
            "3 gone name discard column name is missing in some files; it is null where it is missing",
            "4 new name  column name is in all files",
            "5 gone name discard column name is gone; it is null where it is missing");
  }

  @Test
  void oneThatMayBeMissingIsNullInTheFilesFromBeforeItWasThere() {
    table("", "city: { type: string, may_be_missing: true }");
    file("a.csv", "id,name", "1,a");
    file("b.csv", "id,name,city", "2,b,Oslo");
    assertThat(TestProject.problems(published()))
        .singleElement()
        .asString()
        .startsWith(
            "AFP-ING-005 Column city of raw.t is null for some rows: the source lacks column city; other files have"
                + " it (missing in=1 of 2, first=")
        .contains("a.csv)");
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a null", "2 b Oslo");
    assertThat(changes())
        .containsExactly(
            "1 gone city discard column city is missing in some files; it is null where it is missing");

    file("b.csv", "id", "2");
    assertThat(stopped())
        .as("what may be missing is said of one column")
        .startsWith("AFP-ING-003 Cannot load table raw.t: the source lacks column name;");
  }

  @Test
  void aRequiredOneAlwaysStopsTheRun() {
    table("drift: discard");
    file("a.csv", "name", "a");
    assertThat(stopped()).contains("the source lacks column id; it never had it");
  }

  @Test
  void aColumnWithADefaultIsNotMissing() {
    table("", "state: { type: string, required: true, default: new }");
    file("a.csv", "name,id", "a,1");
    assertThat(TestProject.problems(published())).isEmpty();
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a new");
    assertThat(changes())
        .containsExactly(
            "1 missing state  column state is declared, and the source never had it; it has its default where it is missing");
  }

  @Test
  void aComputedColumnIsNotMissing() {
    table("", "twice: { type: int, expr: \"id * 2\" }");
    file("a.csv", "name,id,Twice", "a,1,7");
    assertThat(TestProject.problems(published())).isEmpty();
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a 2");
  }

  @Test
  void withoutAHeaderAnotherNumberOfFieldsIsSaid() {
    project.table(
        "raw.t",
        TABLE
            .formatted("*.csv", "raw", "rejects: { at_most: 100% }")
            .replace("format: csv", "format: csv, header: false"));
    file("a.csv", "1,a");
    published();
    file("a.csv", "1,a,x", "2,b");
    assertThat(TestProject.problems(published()))
        .anyMatch(
            p ->
                p.contains(
                        "the first line of a file has another number of fields than are declared")
                    && p.contains("found=3, declared=2"))
        .anyMatch(p -> p.contains("a line has 3 fields instead of 2; lines with another number"));
    assertThat(project.lake("select id from raw.t")).containsExactly("2");
    assertThat(changes()).singleElement().asString().startsWith("2 fields  ");
  }

  @Test
  void aRollbackForgetsTheVersionsAndTheColumnsThatCameAfterIt() {
    table("drift: evolve");
    file("a.csv", "id,name", "1,a");
    published();
    file("a.csv", "id,name,city", "1,a,Oslo");
    published();
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a Oslo");
    project.upkeep("rollback", "--to", "1");

    assertThat(project.lake("select * from raw.t")).containsExactly("1 a");
    assertThat(changes()).isEmpty();
    String city = "2 new city evolve column city is new; it is loaded as string";
    project.upkeep("rollback", "--to", "2");
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a Oslo");
    assertThat(changes()).as("a rollback of the rollback brings them back").containsExactly(city);
    project.upkeep("rollback", "--to", "3");
    assertThat(changes()).as("as the first rollback left it").isEmpty();

    published();
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a Oslo");
    assertThat(changes()).containsExactly(city);
  }

  @Test
  void mergedTablesEvolveToo() {
    String merged = "key: [id]\nwrite: { mode: %s, as_of: at }\ndrift: evolve";
    for (String mode : List.of("upsert", "scd2")) {
      project.table(
          "raw." + mode,
          TABLE
              .formatted("m.csv", "raw", merged.formatted(mode))
              .replace("name: { type: string }", "at: { type: int }"));
    }
    file("m.csv", "id,at", "1,1", "2,1");
    published();
    file("m.csv", "id,at,city", "1,2,Oslo", "2,1,");
    published();
    file("m.csv", "id,at", "2,3");
    published();

    assertThat(project.lake("select id, at, city from raw.upsert"))
        .containsExactly("1 2 Oslo", "2 3 null");
    assertThat(project.lake("select id, at, city, is_current from raw.scd2"))
        .contains("1 1 null false", "1 2 Oslo true", "2 1 null true");
  }

  private static final String TABLE =
      """
      from: { files: "%s", format: csv }
      columns:
        id:   { type: int, required: true }
        name: { type: string }
      # %s
      %s
      """;

  private void table(String drift, String... more) {
    String columns = List.of(more).stream().map("  "::concat).reduce("", String::concat);
    project.table("raw.t", TABLE.replace("# %s", "%s").formatted("*.csv", columns, drift));
  }

  private void file(String name, String... lines) {
    project.file("p/" + name, String.join("\n", lines) + "\n");
  }
}
