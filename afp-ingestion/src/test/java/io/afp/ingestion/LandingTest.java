package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import io.afp.ingestion.file.CountedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that come into a folder one after the other, each of which is loaded once. */
class LandingTest extends CountedFilesTests {

  private static final String APPEND = "write: { mode: append }\n";
  private static final String SOURCE = APPEND + "metadata: { source: _afp_source }\n";
  private static final String UPSERT = "key: [id]\nwrite: { mode: upsert, as_of: at }\n";
  private static final String SCD2 = "key: [id]\nwrite: { mode: scd2, as_of: at }\n";
  private static final String ROWS = "select id, at from raw.t";

  LandingTest() {
    super("");
  }

  @ParameterizedTest
  @ValueSource(strings = {APPEND, UPSERT, SCD2})
  void aRunLoadsTheFilesThatTheTableDoesNotHave(String write) throws IOException {
    table(write);
    file("a", "1,1");
    file("b", "2,1");
    assertThat(project.plan())
        .containsExactly("raw.t all missing 2 files to load (18 bytes): in/a.csv, in/b.csv");
    published(run());
    file("c", "1,2");
    Files.delete(root.resolve("p/in/a.csv"));
    assertThat(project.plan())
        .containsExactly("raw.t all stale 1 file to load (9 bytes): in/c.csv");
    published(run());

    assertThat(project.lake(ROWS))
        .containsExactlyElementsOf(
            Map.of(
                    APPEND, List.of("1 1", "1 2", "2 1"),
                    UPSERT, List.of("1 2", "2 1"),
                    SCD2, List.of("1 1", "2 1")) // an equal row makes no version
                .get(write));
    CountedFiles.reset();
    assertThat(project.plan()).isEmpty();
    assertThat(run().get("outcome").asText()).isEqualTo("nothing_to_do");
    assertThat(CountedFiles.opened()).as("what was loaded is not read").isZero();
    assertThat(files()).containsExactly("1 in/a.csv", "1 in/b.csv", "2 in/c.csv");

    Files.delete(root.resolve("p/in/b.csv"));
    Files.delete(root.resolve("p/in/c.csv"));
    assertThat(run().get("outcome").asText()).as("all are archived").isEqualTo("nothing_to_do");
  }

  @Test
  void anEmptyFolderIsNoInputUntilSomethingWasLoaded() {
    table(APPEND);
    assertThat(run().get("exit").asInt()).isEqualTo(66);
  }

  @ParameterizedTest
  @ValueSource(strings = {SOURCE, UPSERT})
  void aFileThatChangedTakesThePlaceOfItsRowsOrMerges(String write) throws IOException {
    table(write);
    file("a", "1,1", "2,1");
    file("b", "3,1");
    published(run());
    file("a", "1,2", "4,2");
    file("c", "5,1");
    assertThat(project.plan())
        .containsExactly(
            "raw.t all stale 2 files to load (22 bytes): in/a.csv, in/c.csv; changed since they were loaded: in/a.csv");
    published(run());

    assertThat(project.lake(ROWS))
        .containsExactlyElementsOf(
            write.equals(UPSERT)
                ? List.of("1 2", "2 1", "3 1", "4 2", "5 1")
                : List.of("1 2", "3 1", "4 2", "5 1"));
    assertThat(files()).containsExactly("1 in/b.csv", "2 in/a.csv", "2 in/c.csv");
    assertThat(run().get("outcome").asText()).isEqualTo("nothing_to_do");
  }

  @Test
  void anAppendedFileThatChangedStopsTheRunIfNoRowSaysThatItIsOfIt() throws IOException {
    table(APPEND);
    file("a", "1,1");
    published(run());
    file("a", "1,2");
    file("b", "2,1");
    JsonNode report = run();
    assertThat(report.get("exit").asInt()).isEqualTo(65);
    assertThat(TestProject.problems(report))
        .containsExactly(
            "AFP-ING-045 Cannot load files into raw.t again: they have changed, and no row says of which file it is"
                + " (files=in/a.csv) at p/tables/raw/t.yaml:0");
    table(SOURCE);
    assertThat(TestProject.problems(run()))
        .anyMatch(
            p -> p.contains("rows of it do not say of which file they are (column=_afp_source)"));

    table(APPEND, "on_change: warn");
    report = run();
    published(report);
    assertThat(TestProject.problems(report))
        .containsExactly(
            "AFP-ING-040 The source of raw.t is not what was loaded, and is left alone (in/a.csv changed) at"
                + " p/tables/raw/t.yaml:0");
    assertThat(project.lake(ROWS)).containsExactly("1 1", "2 1");
    assertThat(project.ledger("select kind || ' ' || name from afp.source_change"))
        .containsExactly("changed in/a.csv");
    published(run("--full-refresh"));
    assertThat(project.lake(ROWS)).containsExactly("1 2", "2 1");
    assertThat(TestProject.problems(run())).isEmpty();
  }

  @Test
  void anotherDefinitionIsForAllFilesThatMergeAndForTheNextOnesThatAreAppended()
      throws IOException {
    for (String write : List.of(UPSERT, APPEND)) {
      file("a", "1,1");
      file("b", "2,1");
      table(write);
      published(run(write.equals(APPEND) ? new String[] {"--full-refresh"} : new String[0]));
      Files.delete(root.resolve("p/in/b.csv"));
      table(write + "# %s", "", "twice: { type: int, expr: id * 2 }");
      if (write.equals(UPSERT)) {
        assertThat(project.plan())
            .containsExactly(
                "raw.t all stale 1 file to load (9 bytes): in/a.csv; the definition changed, and the rows of 1 file"
                    + " that are gone stay as they were loaded");
        published(run());
        assertThat(run().get("outcome").asText()).isEqualTo("nothing_to_do");
        assertThat(project.lake("select id, twice from raw.t")).containsExactly("1 2", "2 null");
      }
    }
    String warning =
        "AFP-ING-046 The definition of raw.t has changed: it is for files that come from now on, and the rows that are"
            + " there stay as they were loaded at p/tables/raw/t.yaml:0";
    JsonNode report = run();
    assertThat(report.get("outcome").asText()).isEqualTo("nothing_to_do");
    assertThat(TestProject.problems(report)).containsExactly(warning);
    file("c", "3,1");
    assertThat(TestProject.problems(run())).containsExactly(warning);
    assertThat(TestProject.problems(run())).isEmpty();
    assertThat(project.lake("select id, twice from raw.t"))
        .containsExactly("1 null", "2 null", "3 6");
    assertThat(project.plan("--full-refresh"))
        .containsExactly(
            "raw.t all restated the table is built anew, without the rows of 1 file that are gone");
  }

  /** Whatever is rolled back to, the ledger has the files whose rows are there. */
  @Test
  void aRollbackBringsBackTheFilesThatBelongToTheRows() throws IOException {
    table(SOURCE);
    file("a", "1,1");
    published(run());
    file("b", "2,1");
    published(run());
    file("a", "1,2");
    published(run());
    published(run("--full-refresh"));

    rollback(2);
    assertThat(files()).containsExactly("5 in/a.csv", "5 in/b.csv");
    published(run());
    assertThat(project.lake(ROWS)).containsExactly("1 2", "2 1");
    rollback(1);
    published(run());
    assertThat(project.lake(ROWS)).containsExactly("1 2", "2 1");
    rollback(3);
    assertThat(run().get("outcome").asText())
        .as("a release that was rolled back itself is whole again")
        .isEqualTo("nothing_to_do");
    assertThat(project.lake(ROWS)).containsExactly("1 2", "2 1");
  }

  @Test
  void aRollbackBringsBackAlsoFilesThatWereLoadedAllAtOnce() throws IOException {
    replacing("");
    file("a", "1,1");
    published(run());
    table(SOURCE);
    file("b", "2,1");
    published(run());
    published(run("--full-refresh"));
    rollback(2);
    assertThat(run().get("outcome").asText()).isEqualTo("nothing_to_do");
    assertThat(project.lake(ROWS)).containsExactly("1 1", "2 1");
  }

  @Test
  void rowsThatARollbackBringsBackAreOfTheDefinitionOfThen() throws IOException {
    table(APPEND);
    file("a", "1,1");
    published(run());
    replacing("twice: { type: int, expr: id * 2 }");
    published(run());
    rollback(1);
    published(run());
    assertThat(project.lake("select id, twice from raw.t")).containsExactly("1 2");
  }

  private void replacing(String column) {
    project.table("raw.t", definition(APPEND, "", column).replace("mode: append", "mode: replace"));
  }

  private void rollback(int release) {
    JsonNode report = project.upkeep("rollback", "--to", "" + release);
    assertThat(report.get("diagnostics")).as(report.toString()).isEmpty();
  }

  @Test
  void whatARunHasNotPublishedIsLoadedWithWhatHasComeSince() throws IOException {
    table(APPEND);
    file("a", "1,1");
    published(run());
    file("b", "2,1");
    project
        .lake()
        .database()
        .useTransaction(
            h -> {
              h.execute(
                  "CREATE FUNCTION afp.stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'stopped'; END $$");
              h.execute(
                  "CREATE TRIGGER stopped BEFORE INSERT ON afp.loaded_file FOR EACH ROW EXECUTE FUNCTION afp.stop()");
            });
    assertThat(run().get("exit").asInt()).isNotZero();
    assertThat(project.lake(ROWS)).containsExactly("1 1");
    assertThat(files()).containsExactly("1 in/a.csv");
    project
        .lake()
        .database()
        .useTransaction(h -> h.execute("DROP TRIGGER stopped ON afp.loaded_file"));
    file("c", "3,1");
    published(run());
    assertThat(project.lake(ROWS)).containsExactly("1 1", "2 1", "3 1");
    assertThat(files()).containsExactly("1 in/a.csv", "2 in/b.csv", "2 in/c.csv");
  }

  @Test
  void aRunKeyThatIsUsedAgainLoadsWhatHasComeSinceInAnotherTry() throws IOException {
    table(APPEND);
    file("a", "1,1");
    for (String more : List.of("b", "c")) {
      file(more, more.equals("b") ? "2,1" : "3,1");
      JsonNode report = project.run(List.of(Phase.INGEST), "--run-key", "k");
      assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("handed_over");
    }
    published(project.run(List.of(Phase.QUALITY), "--run-key", "k"));
    assertThat(project.lake(ROWS)).containsExactly("1 1", "2 1", "3 1");
    assertThat(files()).containsExactly("1 in/a.csv", "1 in/b.csv", "1 in/c.csv");
  }

  @Test
  void rejectsStayUntilTheirFileIsLoadedAgainAndCanBeReplayed() throws IOException {
    String strict = definition(SOURCE + "rejects: { at_most: 100% }\n", "", "");
    project.table("raw.t", strict.replace("type: int, required: true", "type: int, in: [1, 2, 3]"));
    file("a", "1,1", "8,1");
    published(run());
    file("b", "9,1", "2,1");
    published(run());
    assertThat(rejects()).containsExactly("in/a.csv 8", "in/b.csv 9");
    assertThat(project.lake("select operation from raw.t__rejects.snapshots"))
        .as("those of a new file are added, and the others are not read")
        .containsExactly("append", "append");
    assertThat(project.ledger("select rows_rejected::text from afp.step where phase = 'ingest'"))
        .containsExactly("1", "1");
    file("a", "3,1");
    published(run());
    assertThat(rejects()).containsExactly("in/b.csv 9");
    assertThat(project.lake(ROWS)).containsExactly("2 1", "3 1");

    project.table("raw.t", strict);
    List<String> before = files();
    published(project.run(List.of(Phase.INGEST), "--replay", "raw.t"));
    assertThat(rejects()).isEmpty();
    assertThat(files()).as("a replay loads no file").isEqualTo(before);
    assertThat(project.lake(ROWS)).containsExactly("2 1", "3 1", "9 1");
    file("b", "2,2");
    published(run());
    assertThat(project.lake(ROWS))
        .as("a replayed row is of its file")
        .containsExactly("2 2", "3 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {SOURCE, UPSERT, SCD2})
  void ofEachLoadAllRowsCountAsReadAlsoThoseThatChangeNothing(String write) throws IOException {
    table(write + "rejects: { at_most: 100% }\n");
    file("a", "1,1", "2,1");
    published(run());
    file("b", "1,1", "2,1");
    file("c", "x,1", "2,1", "5,1");
    published(run());
    assertThat(rejects()).containsExactly("in/c.csv x");
    assertThat(
            project.ledger(
                "select rows_in || ' ' || rows_rejected from afp.step where phase = 'ingest'"
                    + " order by started_at desc limit 1"))
        .containsExactly("5 1");
  }

  private List<String> rejects() {
    return project.lake(
        "select regexp_extract(file, 'in/.*', 0), reasons[0].value from raw.t__rejects");
  }

  @Test
  void rowsOfFilesThatNobodyKnowsAreNotAppendedTo() throws IOException {
    replacing("");
    file("a", "1,1");
    published(run());
    project.lake().database().useTransaction(h -> h.execute("DELETE FROM afp.loaded_file"));
    table(APPEND);
    assertThat(TestProject.problems(run()))
        .singleElement()
        .asString()
        .startsWith("AFP-LAKE-005 Cannot append to table raw.t again: it is there already");
  }

  @Test
  void aTableThatWasReplacedBeforeIsAppendedToByTheFilesThatItLacks() throws IOException {
    replacing("");
    file("a", "1,1");
    published(run());
    table(APPEND);
    file("b", "2,1");
    published(run());
    assertThat(project.lake(ROWS)).containsExactly("1 1", "2 1");
  }

  @Test
  void filesThatAnOlderAfpHasMergedAreOfTheDefinitionOfTheirTable() throws IOException {
    table(UPSERT);
    file("a", "1,1");
    published(run());
    project
        .lake()
        .database()
        .useTransaction(h -> h.execute("UPDATE afp.loaded_file SET definition_hash = NULL"));
    assertThat(project.plan()).isEmpty();
  }

  private List<String> files() {
    return project.ledger(
        "select release_id || ' ' || path from afp.loaded_file order by release_id, path");
  }

  private void table(String write) {
    table(write, "");
  }

  private void table(String write, String onChange, String... columns) {
    project.table("raw.t", definition(write, onChange, String.join("\n  ", columns)));
  }

  private static String definition(String write, String onChange, String columns) {
    return """
        from: { files: "in/*.csv", format: csv%s }
        columns:
          id: { type: int, required: true }
          at: { type: int, required: true }
          %s
        """
            .formatted(onChange.isEmpty() ? "" : ", " + onChange, columns)
        + write;
  }

  private JsonNode run(String... more) {
    return project.run(List.of(Phase.INGEST), more);
  }

  private void file(String name, String... rows) throws IOException {
    String path = "p/in/" + name + ".csv";
    project.file(path, "id,at\n" + String.join("\n", rows));
    old(root.resolve(path));
  }
}
