package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import io.afp.ingestion.file.CountedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is loaded once, and what becomes of files that change afterwards. */
class OnceTest extends CountedFilesTests {

  private static final String YEAR = "2024-01..2024-12";

  OnceTest() {
    super("interval: { unit: month, zone: UTC }");
  }

  @BeforeEach
  void define() {
    table("reload");
  }

  @Test
  void aPlanOfAYearOpensNoFileThatIsAsItWasLoaded() throws IOException {
    for (int month = 1; month <= 12; month++) {
      old(month("2024-%02d a.csv".formatted(month), month));
    }
    CountedFiles.reset();
    assertThat(project.plan("--interval", YEAR)).hasSize(12);
    assertThat(CountedFiles.opened()).as("nobody asks yet what is in new files").isZero();
    published(run(YEAR));
    assertThat(CountedFiles.opened()).as("the checksum of each is read once").isEqualTo(12);

    CountedFiles.reset();
    assertThat(project.plan("--interval", YEAR)).isEmpty();
    assertThat(run(YEAR).get("outcome").asText()).isEqualTo("nothing_to_do");
    assertThat(CountedFiles.opened()).isZero();
  }

  @Test
  void aFileThatWasOnlyTouchedIsReadByOnePlanAndNoOther() throws IOException {
    Path file = old(month("2024-01 a.csv", 1));
    published(run("2024-01"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    CountedFiles.reset();
    assertThat(project.plan("--interval", "2024-01")).isEmpty();
    assertThat(CountedFiles.opened()).isEqualTo(1);
    assertThat(project.plan("--interval", "2024-01")).isEmpty();
    assertThat(CountedFiles.opened()).isEqualTo(1);
  }

  @Test
  void aFileThatWasReadInTheMomentOfItsMakingIsReadAgain() throws IOException {
    Path file = month("2024-01 a.csv", 1);
    FileTime soon = FileTime.from(Instant.now().plusSeconds(3600));
    Files.setLastModifiedTime(file, soon);
    published(run("2024-01"));
    Files.writeString(file, Files.readString(file).replace("1,", "7,"));
    Files.setLastModifiedTime(file, soon);

    assertThat(project.plan("--interval", "2024-01"))
        .as("size and time are the same, the bytes are not")
        .containsExactly("raw.t 2024-01 stale data/2024-01 a.csv changed");
  }

  @Test
  void aLedgerThatDoesNotKnowWhatFilesLookedLikeLearnsIt() throws IOException {
    old(month("2024-01 a.csv", 1));
    published(run("2024-01"));
    project
        .lake()
        .database()
        .useTransaction(
            h ->
                h.execute(
                    "UPDATE afp.loaded_file SET size = NULL, modified_at = NULL, checked_at = NULL"));
    CountedFiles.reset();
    assertThat(project.plan("--interval", "2024-01")).isEmpty();
    assertThat(project.plan("--interval", "2024-01")).isEmpty();
    assertThat(CountedFiles.opened()).isEqualTo(1);
  }

  @Test
  void filesThatChangedComeLateOrVanishedAreLoadedAgainAndToldApart() throws IOException {
    threeChanges();
    assertThat(changes(plan()))
        .containsExactly(
            "2024-01 changed data/2024-01 a.csv reload",
            "2024-02 late data/2024-02 b.csv reload",
            "2024-03 vanished data/2024-03 b.csv reload");
    assertThat(TestProject.problems(plan())).isEmpty();
    assertThat(project.plan("--interval", "2024-01..2024-03"))
        .containsExactly(
            "raw.t 2024-01 stale data/2024-01 a.csv changed",
            "raw.t 2024-02 stale data/2024-02 b.csv is new",
            "raw.t 2024-03 stale data/2024-03 b.csv is gone");
    published(run("2024-01..2024-03"));
    assertThat(project.lake("select id from raw.t")).containsExactly("11", "2", "22", "3");
    assertThat(changes(plan())).isEmpty();
  }

  @Test
  void warnLeavesThemAloneAndSaysSoUntilTheyAreRestated() throws IOException {
    threeChanges();
    table("warn");
    JsonNode report = run("2024-01..2024-03");

    assertThat(report.get("outcome").asText()).isEqualTo("nothing_to_do");
    String warning =
        "AFP-ING-040 The source of raw.t is not what was loaded, and is left alone (2024-01: data/2024-01 a.csv changed, "
            + "2024-02: data/2024-02 b.csv is new, 2024-03: data/2024-03 b.csv is gone) at p/tables/raw/t.yaml:0";
    assertThat(TestProject.problems(report)).containsExactly(warning);
    assertThat(TestProject.problems(plan())).containsExactly(warning);
    assertThat(changes(plan())).hasSize(3).allMatch(line -> line.endsWith(" warn"));
    assertThat(project.ledger("select unit || ' ' || kind from afp.source_change order by 1"))
        .containsExactly("2024-01 changed", "2024-02 late", "2024-03 vanished");
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2", "3", "33");

    published(project.run(List.of(Phase.INGEST), "--interval", "2024-02..2024-03", "--restate"));
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2", "22", "3");
    assertThat(project.ledger("select unit from afp.source_change")).containsExactly("2024-01");
  }

  @Test
  void ignoreSaysNothingButInThePlanAsJson() throws IOException {
    threeChanges();
    table("ignore");
    JsonNode report = run("2024-01..2024-03");

    assertThat(report.get("outcome").asText()).isEqualTo("nothing_to_do");
    assertThat(TestProject.problems(report)).isEmpty();
    assertThat(TestProject.problems(plan())).isEmpty();
    assertThat(changes(plan())).hasSize(3).allMatch(line -> line.endsWith(" ignore"));
    assertThat(project.ledger("select unit from afp.source_change")).isEmpty();
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2", "3", "33");
  }

  @Test
  void anIntervalWhoseFilesAllVanishedStaysDoneIfItsChangesAreNotLoaded() throws IOException {
    Path file = old(month("2024-01 a.csv", 1));
    table("warn");
    published(run("2024-01"));
    Files.delete(file);
    JsonNode report = run("2024-01");
    assertThat(report.get("outcome").asText()).isEqualTo("nothing_to_do");
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .contains("2024-01: data/2024-01 a.csv is gone");

    JsonNode restated = project.run(List.of(Phase.INGEST), "--interval", "2024-01", "--restate");
    assertThat(TestProject.problems(restated))
        .singleElement()
        .asString()
        .startsWith("AFP-ING-001 Cannot read source raw.t: there is no file");
    project.table("raw.t", definition("warn").replace("type: int", "type: long"));
    assertThat(run("2024-01").get("exit").asInt()).as("another definition needs it").isEqualTo(66);
    assertThat(project.lake("select id from raw.t")).containsExactly("1");
  }

  @Test
  void aFileWithAnotherNameIsNotLoadedAgain() throws IOException {
    Path file = old(month("2024-01 a.csv", 1));
    published(run("2024-01"));
    Files.move(file, file.resolveSibling("2024-01 b.csv"));
    JsonNode report = run("2024-01");

    assertThat(report.get("outcome").asText()).isEqualTo("nothing_to_do");
    assertThat(TestProject.problems(report))
        .containsExactly(
            "AFP-ING-041 Files of raw.t that were loaded have other names now (2024-01: data/2024-01 a.csv is called"
                + " data/2024-01 b.csv now) at p/tables/raw/t.yaml:0");
    assertThat(changes(plan("--interval", "2024-01")))
        .containsExactly("2024-01 renamed data/2024-01 b.csv reload");
    published(project.run(List.of(Phase.INGEST), "--interval", "2024-01", "--restate"));
    assertThat(run("2024-01").get("diagnostics")).isEmpty();
    assertThat(project.lake("select id from raw.t")).containsExactly("1");
  }

  @Test
  void theSameFileUnderTwoNamesIsWarnedOf() throws IOException {
    old(month("2024-01 a.csv", 1));
    old(month("2024-01 b.csv", 1));
    old(month("2024-01 c.csv", 2));
    String warning =
        "AFP-ING-042 Files of raw.t have the same bytes, so their rows are loaded more than once (interval=2024-01,"
            + " files=data/2024-01 a.csv, data/2024-01 b.csv) at p/tables/raw/t.yaml:0";
    assertThat(TestProject.problems(plan("--interval", "2024-01"))).containsExactly(warning);
    JsonNode report = run("2024-01");
    published(report);
    assertThat(TestProject.problems(report)).containsExactly(warning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"append", "delete"})
  void aFileThatChangesWhileItIsReadStopsTheRun(String change) throws IOException {
    Path file = old(month("2024-01 a.csv", 1));
    project.table(
        "raw.t",
        definition("reload")
            .replace(
                "day:",
                "seen: { type: string, expr: \"java_method('%s', 'swap', cast(id as string))\" }\n  day:"
                    .formatted(FileSwap.class.getName())));
    FileSwap.during(
        change.equals("append")
            ? () -> FileSwap.append(file, "9,2024-01-09\n")
            : () -> FileSwap.delete(file));
    JsonNode report = run("2024-01");

    assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(75);
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith(
            "AFP-ING-043 Cannot load files into raw.t: they changed while they were read (data/2024-01 a.csv: ");
    assertThat(project.ledger("select unit from afp.done")).isEmpty();
    FileSwap.during(() -> {});
    month("2024-01 a.csv", 1);
    published(run("2024-01"));
    assertThat(project.lake("select id from raw.t")).containsExactly("1");
  }

  /** Postgres fails, or drops the connection, at every table that a publish writes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "afp.loaded_file",
        "afp.done",
        "afp.release",
        "afp.release_table",
        "iceberg_tables",
        "afp.run"
      })
  void filesAndRowsArePublishedTogetherOrNotAtAll(String table) throws IOException {
    old(month("2024-01 a.csv", 1));
    failOn(table);
    JsonNode failed = run("2024-01");

    assertThat(failed.get("exit").asInt()).as(failed.toString()).isNotZero();
    assertThat(project.ledger("select unit from afp.done")).isEmpty();
    assertThat(project.ledger("select path from afp.loaded_file")).isEmpty();
    assertThat(project.ledger("select table_name from iceberg_tables where catalog_name = 'lake'"))
        .isEmpty();
    project.lake().database().useTransaction(h -> h.execute("DROP TRIGGER killed ON " + table));
    published(run("2024-01"));
    assertThat(project.lake("select id from raw.t")).containsExactly("1");
    assertThat(project.ledger("select path from afp.loaded_file"))
        .containsExactly("data/2024-01 a.csv");
    assertThat(run("2024-01").get("outcome").asText()).isEqualTo("nothing_to_do");
  }

  private void failOn(String table) {
    project
        .lake()
        .database()
        .useTransaction(
            h -> {
              h.execute(
                  """
                  CREATE FUNCTION afp.kill() RETURNS trigger LANGUAGE plpgsql AS $$
                  BEGIN
                    IF current_setting('afp.publish', true) = 'on' THEN
                      PERFORM pg_terminate_backend(pg_backend_pid());
                    END IF;
                    RETURN new;
                  END $$
                  """);
              h.execute(
                  "CREATE TRIGGER killed AFTER INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION afp.kill()"
                      .formatted(table));
            });
  }

  @Test
  void aProjectThatMovedIsNoChange() throws IOException {
    Path file = old(month("2024-01 a.csv", 1));
    published(run("2024-01"));
    assertThat(project.ledger("select path from afp.loaded_file"))
        .containsExactly("data/2024-01 a.csv");
    Path moved = root.resolve("moved");
    Files.createDirectories(moved.resolve("p/data"));
    for (String each : List.of("afp.yaml", "p/pipeline.yaml", "p/tables/raw/t.yaml")) {
      Files.createDirectories(moved.resolve(each).getParent());
      Files.move(root.resolve(each), moved.resolve(each));
    }
    Files.move(file, moved.resolve("p/data/2024-01 a.csv"));
    CountedFiles.reset();

    assertThat(project.at(moved).plan("--interval", "2024-01")).isEmpty();
    assertThat(CountedFiles.opened()).as("a move keeps size and time").isZero();
  }

  private void threeChanges() throws IOException {
    old(month("2024-01 a.csv", 1));
    old(month("2024-02 a.csv", 2));
    old(month("2024-03 a.csv", 3));
    Path gone = old(month("2024-03 b.csv", 33));
    published(run("2024-01..2024-03"));
    month("2024-01 a.csv", 11);
    month("2024-02 b.csv", 22);
    Files.delete(gone);
  }

  private JsonNode plan(String... more) {
    return project.planReport(
        more.length == 0 ? new String[] {"--interval", "2024-01..2024-03"} : more);
  }

  private static List<String> changes(JsonNode plan) {
    return StreamSupport.stream(plan.at("/data/changed_since_load").spliterator(), false)
        .map(
            c ->
                "%s %s %s %s"
                    .formatted(
                        c.get("unit").asText(),
                        c.get("kind").asText(),
                        c.get("name").asText(),
                        c.get("on_change").asText()))
        .toList();
  }

  private void table(String onChange) {
    project.table("raw.t", definition(onChange));
  }

  private static String definition(String onChange) {
    return """
        from: { files: "data/${interval:yyyy-MM} *.csv", format: csv, on_change: %s }
        columns:
          id: { type: int }
          day: { type: date }
        partition_by: [month(day)]
        write: { interval_column: day }
        """
        .formatted(onChange);
  }

  private JsonNode run(String interval) {
    return project.run(List.of(Phase.INGEST), "--interval", interval);
  }

  private Path month(String name, int id) {
    project.file(
        "p/data/" + name,
        "id,day\n%d,%s-01\n".formatted(id, name.substring(0, "2024-01".length())));
    return root.resolve("p/data").resolve(name);
  }
}
