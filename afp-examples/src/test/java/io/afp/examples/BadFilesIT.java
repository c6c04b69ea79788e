package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people deliver by mistake: the run says what is wrong with the file, and main stays as it
 * was. A truncated file is in {@link RefusedRunIT}, a changed one in {@link ChangedInputIT}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadFilesIT {

  private static final String FEBRUARY = "2013-02";
  private static final int ROWS = 1000;
  private static final int DEP_DELAY = 5;

  private ProjectCopy project;

  @BeforeAll
  void publishJanuary(@TempDir Path folder) {
    project = ProjectCopy.withPostgres(folder);
    project.edit("2013-01", lines -> lines.subList(0, ROWS + 1));
    project.edit("2013-02", lines -> lines.subList(0, ROWS + 1));
    project.edit("2013-03", lines -> lines.subList(0, ROWS + 1));
    new Here(project).run("2013-01").succeeded();
  }

  @AfterAll
  void stopPostgres() {
    project.close();
  }

  @Test
  void aWrongHeaderIsNamedWithTheColumnThatIsMissing() throws IOException {
    Command.Ended run =
        refused(
            () ->
                project.edit(
                    "2013-02", lines -> with(lines, 0, lines.get(0).replace("tailnum", "tail"))));

    assertThat(run.codes()).containsExactly("AFP-ING-003");
    assertThat(messageOf(run)).contains("2013-02.csv.gz", "lacks column tailnum");
  }

  @Tag("long")
  @Test
  void aFileWithoutAByteIsNoGzip() throws IOException {
    Command.Ended run = refused(() -> Files.write(project.month("2013-02"), new byte[0]));

    assertThat(run.codes()).containsExactly("AFP-ING-002");
    assertThat(messageOf(run)).contains("2013-02.csv.gz: it is broken");
  }

  @Tag("long")
  @Test
  void aGzipOfNothingIsSaidToBeEmpty() throws IOException {
    Command.Ended run = refused(() -> project.edit("2013-02", lines -> List.of()));

    assertThat(run.codes()).containsExactly("AFP-ING-003");
    assertThat(messageOf(run)).contains("2013-02.csv.gz", "it is empty");
  }

  @Tag("long")
  @Test
  void aFileWithNoRowBelowItsHeaderFailsTheNumberOfRows() throws IOException {
    Command.Ended run = refused(() -> project.edit("2013-02", lines -> lines.subList(0, 1)));

    assertThat(run.codes()).isNotEmpty().containsOnly("AFP-QUA-001");
    assertThat(messageOf(run)).contains("check raw.flights.rows failed");
  }

  @Test
  void lettersInANumberRejectTheRowsAndTooManyOfThemTheRun() throws IOException {
    Command.Ended run =
        refused(
            () -> project.edit("2013-02", lines -> lettersInTheFirst(20, lines)),
            () -> project.afp("run", "flights", "--interval", FEBRUARY, "--json"));

    assertThat(run.json().path("ok").asBoolean()).isFalse();
    assertThat(run.codes()).containsExactly("AFP-ING-004");
    assertThat(messageOf(run)).contains("20 of 1000 rows", "at most 1 %");
    assertThat(explained(run)).hasSize(20).containsOnly("dep_delay: not an int: \"soon\"");
  }

  @Test
  void aFewRowsWithLettersAreKeptAsideAndTheOthersArePublished() {
    project.edit("2013-03", lines -> lettersInTheFirst(3, lines));

    project.afp("run", "flights", "--interval", "2013-03").succeeded();

    assertThat(rejects("2013-03-01")).containsExactly("dep_delay\ttype\tsoon\t3");
    assertThat(
            new Lake(project)
                .rows("SELECT count(*) FROM core.flight WHERE flight_date >= '2013-03-01'"))
        .containsExactly("[997]");
  }

  @Test
  void aFileThatIsThereTwiceBreaksTheKey() throws IOException {
    String source = "flights/tables/raw/flights.yaml";
    String sound = project.read(source);
    Path copy = project.pipeline().resolve("data/flights/2013-02 (1).csv.gz");

    Command.Ended run =
        refused(
            () -> {
              project.replace(source, "${interval:yyyy-MM}.csv.gz", "${interval:yyyy-MM}*.csv.gz");
              Files.copy(project.month("2013-02"), copy);
            });
    Files.delete(copy);
    project.write(source, sound);

    assertThat(run.codes()).containsOnly("AFP-QUA-001");
    assertThat(run.out())
        .contains("check raw.flights.key failed")
        .contains("check core.flight.key failed");
  }

  @Tag("long")
  @Test
  void rowsThatACheckKeptOutGetInByTheCommandOnceTheyObey() {
    project.write("kept/pipeline.yaml", "pipeline: kept\ninterval: { unit: month, zone: UTC }\n");
    project.write("kept/in/2013-01.csv", "id,day,amount\n1,2013-01-01,1\n2,2013-01-02,500\n");
    project.write("kept/in/2013-02.csv", "id,day,amount\n3,2013-02-01,600\n4,2013-02-02,7000\n");
    amountsAreUpTo(100);
    new Here(project).run("kept", "2013-01..2013-02").succeeded();
    amountsAreUpTo(1000);

    JsonNode look = replay("raw.kept", "--dry-run", "--json").succeeded().json().path("data");
    assertThat(look.toString()).contains("\"rows\":3,\"fits\":2,\"stays\":1");
    assertThat(look.path("intervals").findValuesAsText("interval"))
        .containsExactly("2013-01", "2013-02");
    assertThat(replay("raw.kept", "--interval", "2013-01").succeeded().out())
        .endsWith("raw.kept: 1 of 1 row got into the table, 0 stay\n");
    JsonNode rest = replay("raw.kept", "--json").succeeded().json().path("data");
    assertThat(rest.path("outcome").asText()).isEqualTo("published");
    assertThat(rest.toString()).contains("\"rows\":2,\"fits\":1,\"stays\":1");

    assertThat(replay("raw.kept").succeeded().out())
        .contains("Nothing to do: no row of raw.kept obeys the checks of today");
    assertThat(replay("raw.other").endedWith(64).err())
        .contains("AFP-ING-020", "the pipeline has no such table");
    assertThat(new Here(project).ask("SELECT id FROM raw.kept ORDER BY 1").rows())
        .containsExactly("1", "2", "3");
  }

  private Command.Ended replay(String table, String... more) {
    List<String> words = new ArrayList<>(List.of("quarantine", "replay", "kept", table));
    words.addAll(List.of(more));
    return project.afp(words.toArray(String[]::new));
  }

  private void amountsAreUpTo(int most) {
    project.write(
        "kept/tables/raw/kept.yaml",
        """
        from: { files: "in/${interval:yyyy-MM}.csv", format: csv }
        columns:
          id:     { type: int, required: true }
          day:    { type: date, required: true }
          amount: { type: int, checks: [ { between: [0, %d], quarantine: true } ] }
        partition_by: [month(day)]
        write: { mode: replace, interval_column: day }
        """
            .formatted(most));
  }

  /** What makes a delivery bad. */
  private interface Change {
    void make() throws IOException;
  }

  /** Runs February with a change, which nobody sees, and takes back the file. */
  private Command.Ended refused(Change change) throws IOException {
    return refused(change, () -> new Here(project).run(FEBRUARY));
  }

  private Command.Ended refused(Change change, Supplier<Command.Ended> february)
      throws IOException {
    Visible before = Visible.of(project);
    Path file = project.month("2013-02");
    byte[] sound = Files.readAllBytes(file);
    change.make();

    Command.Ended run = february.get().endedWith(65);
    Files.write(file, sound);

    assertThat(Visible.of(project)).isEqualTo(before);
    return run;
  }

  private static String messageOf(Command.Ended run) {
    return run.json().at("/diagnostics/0/message").asText();
  }

  /** How many rows of a month were rejected for what: column, reason, value and their number. */
  private List<String> rejects(String month) {
    String counts =
        """
        SELECT r.column, r.reason, r.value, count(*)
          FROM (SELECT explode(reasons) AS r FROM raw.flights__rejects WHERE interval_start = '%s')
         GROUP BY 1, 2, 3
        """;
    return new Here(project).ask(counts.formatted(month)).rows();
  }

  /** What is wrong with each reject of a run, by the command that its fix names. */
  private List<String> explained(Command.Ended run) {
    String fix = run.json().at("/diagnostics/0/fix").asText();
    String command = fix.substring(fix.indexOf("afp ") + "afp ".length());
    String[] words = (command + " --limit 100 --json").split(" ");
    List<String> sentences = new ArrayList<>();
    for (JsonNode reject : project.afp(words).succeeded().json().at("/data/rejects")) {
      if (reject.path("interval").asText().equals(FEBRUARY)) { // another test rejects some of March
        sentences.addAll(reject.findValuesAsText("sentence"));
      }
    }
    return sentences;
  }

  private static List<String> lettersInTheFirst(int count, List<String> lines) {
    return IntStream.range(0, lines.size())
        .mapToObj(i -> i >= 1 && i <= count ? lateSoon(lines.get(i)) : lines.get(i))
        .toList();
  }

  private static String lateSoon(String line) {
    String[] values = line.split(",", -1);
    values[DEP_DELAY] = "soon";
    return String.join(",", values);
  }

  private static List<String> with(List<String> lines, int index, String line) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(index, line);
    return changed;
  }
}
