package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database.Account;
import io.afp.core.settings.Build;
import io.afp.core.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every command does alike where things are not as they should be. */
class CommandBehaviourTest {

  @TempDir Path folder;

  @Test
  void theVersionsAreThoseOfTheBuild() {
    assertThat(TestCommand.run("version").succeeded().out())
        .matches("afp \\d\\S+, Java \\d\\S+, Spark 3\\.5\\.\\d+, Iceberg \\d\\S+\\R");
    assertThat(TestCommand.run("version", "--json").data().path("spark").asText())
        .isEqualTo(Build.read().spark());
  }

  @Test
  void withoutAWordItIsSaidWhichThereAre() {
    assertThat(TestCommand.run().endedWith(64).out()).isEmpty();
    assertThat(TestCommand.run().err()).startsWith("Usage: afp").contains("status", "--project");
    assertThat(TestCommand.run("db").endedWith(64).err()).startsWith("Usage: afp db");
    assertThat(TestCommand.run("--json", "db").endedWith(64).json().at("/diagnostics")).hasSize(1);
  }

  @Test
  void aWordThatIsNotKnownHasTheNearestOne() {
    assertThat(TestCommand.run("stauts").endedWith(64).err())
        .contains("no such command (command=stauts)", "Did you mean 'status'? See `afp --help`.");
    assertThat(TestCommand.run("db", "strat").endedWith(64).err())
        .contains("Did you mean 'start'? See `afp db --help`.");
    assertThat(TestCommand.run("runs", "--limt=3").endedWith(64).err())
        .contains("no such option (option=--limt)", "Did you mean '--limit'?");
    assertThat(TestCommand.run("trains").endedWith(64).err()).contains("fix  See `afp --help`.");
    assertThat(TestCommand.run("status", "flights", "trains").endedWith(64).err())
        .contains("one word too many (word=trains)");
  }

  @Test
  void optionsMayStandBeforeTheWords() {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);
    String root = project.root().toString();

    assertThat(TestCommand.run("--json", "--project", root, "status").data()).isEmpty();
    assertThat(TestCommand.run("--project", root, "branch", "--json", "list").data()).isEmpty();
    assertThat(TestCommand.run("--help").succeeded().out())
        .contains("--project=DIR", "--env=NAME", "--json");
  }

  @Test
  void aQueryThatPostgresDoesNotUnderstandIsAllThatItsErrorSpeaksOf() {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);

    assertThat(project.afp("sql", "selct 1").endedWith(64).err())
        .contains("Cannot ask Postgres: syntax error at or near \"selct\" (position=1)")
        .doesNotContain("PL/pgSQL", "Where:");
    assertThat(project.afp("sql", "select pipelin from afp.run").endedWith(64).err())
        .contains("Perhaps you meant to reference the column \"run.pipeline\".");
  }

  @Test
  void aRunWithoutTheIntervalThatItNeedsIsRefusedBeforeAnythingIsStarted() {
    TestProjectFolder project = nowhere();
    project.write("shop/pipeline.yaml", "pipeline: shop\ninterval: { unit: month }\n");
    project.write(
        "shop/tables/raw/orders.yaml",
        "columns: { id: { type: int } }\nfrom: { files: a.csv, format: csv }\n");
    String shop = project.root().resolve("shop").toString();

    assertThat(project.afp("run --json", shop).endedWith(64).out())
        .contains("AFP-RUN-001", "none is named");
    assertThat(project.afp("run --json --interval 2013-13", shop).endedWith(64).out())
        .contains("AFP-RUN-001");
    project.write("shop/pipeline.yaml", "pipeline: shop\n");
    assertThat(project.afp("run --json --interval 2013-01", shop).endedWith(64).out())
        .contains("AFP-RUN-001", "it declares none");
    assertThat(project.root().resolve(".afp")).doesNotExist();
  }

  @Test
  void aWarningOfValidateLooksLikeOne() {
    TestProjectFolder project = nowhere();
    project.write("shop/pipeline.yaml", "pipeline: shop\n");
    project.write(
        "shop/tables/raw/orders.yaml",
        "columns: { id: { type: int } }\nkey: [id]\nfrom: { files: a.csv, format: csv }\n");

    TestCommand validate = project.afp("validate").succeeded();

    assertThat(validate.err()).startsWith("warning AFP-DEF-010  ");
    assertThat(validate.out()).contains("no error, 1 warning");
  }

  @Test
  void aTableThatServingDoesNotHaveHintsAtTheLedger() {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);
    assertThat(project.afp("sql --json", "SELECT * FROM afp.nothing").endedWith(64).out())
        .contains("AFP-CLI-004")
        .doesNotContain("--ledger");
    project.write(
        "afp.yaml",
        "lake: { uri: \"%s\" }\nserving: { uri: \"%s\" }\n"
            .formatted(TestPostgres.ledger().uri(), TestPostgres.empty().uri()));

    assertThat(project.afp("sql --json", "SELECT * FROM afp.run").endedWith(64).out())
        .contains("AFP-CLI-004", "--ledger");
    assertThat(project.afp("sql --json", "SELECT 1 +").endedWith(64).out())
        .doesNotContain("--ledger");
    assertThat(project.afp("sql --json --ledger", "SELECT * FROM afp.run").succeeded().json())
        .isNotEmpty();
  }

  @Test
  void aHomeThatCanNotBeWrittenIsSaidToBeSo() {
    TestProjectFolder project = nowhere();
    project.write(".afp", "a file where a folder should be");

    TestCommand runs = project.afp("runs").endedWith(69);

    assertThat(runs.err()).contains("AFP-LED-005", ".afp").doesNotContain("\tat ");
  }

  @Test
  void aReaderThatGoesAwayEndsTheCommandSilently() throws Exception {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);
    project.write(".afp/logs/abcd.log", "a line that nobody reads to its end\n".repeat(100_000));
    project.execute(
        """
        INSERT INTO afp.run (id, pipeline, request, restate, state)
        SELECT gen_random_uuid(), 'flights', 'all', false, 'succeeded' FROM generate_series(1, 2000)
        """);

    assertThat(firstLine(project, "logs abcd")).hasLineCount(1);
    assertThat(firstLine(project, "runs --limit 2000")).hasLineCount(1).startsWith("run ");
  }

  @Test
  void aResultThatGetsLostIsAnError() throws Exception {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);

    for (String call : new String[] {"runs", "runs --json", "version --help"}) {
      assertThat(bash(project, call, "2>&1 >/dev/full; echo $? >&2", "69"))
          .contains("AFP-CLI-005", "Cannot write the result to stdout");
    }
    assertThat(bash(project, "logs nope", "2>&1 >/dev/full; echo $? >&2", "64"))
        .contains("AFP-RUN-008");
  }

  /** Of stdout, and all of stderr. */
  private String firstLine(TestProjectFolder project, String call) throws Exception {
    return bash(project, call, "2>&1 | head -1; echo ${PIPESTATUS[0]} >&2", "0");
  }

  /** What is said where the output goes to by this rest of a line, which gives the exit code. */
  private String bash(TestProjectFolder project, String call, String rest, String exitCode)
      throws Exception {
    String line =
        "'%s/bin/java' -cp '%s' io.afp.cli.Afp %s --project '%s' %s"
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                call,
                project.root(),
                rest);
    Path code = folder.resolve("exit code");
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", line).redirectError(code.toFile());
    bash.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "COLUMNS", "40"));
    Process process = bash.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(Files.readString(code).strip()).as(said).isEqualTo(exitCode);
    return said;
  }

  private TestProjectFolder nowhere() {
    TestProjectFolder project =
        TestProjectFolder.in(folder, new Account("", Optional.empty(), Optional.empty()));
    project.write("afp.yaml", "");
    return project;
  }
}
