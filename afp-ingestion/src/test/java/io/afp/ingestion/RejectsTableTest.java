package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.testing.TestProject;
import io.afp.core.testing.TestSpark;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the table of rejects has, and what it costs. */
class RejectsTableTest {

  @TempDir private Path root;
  private ReplayProject project;

  @BeforeEach
  void open() {
    project = ReplayProject.inMonths(root, "mode: replace");
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void eachRejectSaysWhichRunJudgedItAndWhen() {
    project.file("2024-01", "x,2024-01-01,1");
    String run = project.run("2024-01").get("run_id").asText();

    assertThat(
            project
                .project()
                .lake("select run_id, rejected_at <= now(), line, offset from raw.t__rejects"))
        .as("the second line begins behind id,day,amount")
        .containsExactly(run + " true 2 14");
  }

  @Test
  void aTableOfAnEarlierBuildGetsTheColumnsThatItLacks() {
    project
        .file("2024-01", "x,2024-01-01,1")
        .file("2024-02", "2,2024-02-01,2500000000", "3,2024-02-02,");
    project.run("2024-01..2024-02");
    project
        .project()
        .lake()
        .publish(
            "ALTER TABLE raw.t__rejects DROP COLUMNS (line, offset, run_id, rejected_at, complete,"
                + " protected_by, fields)",
            "ALTER TABLE raw.t__rejects DROP COLUMN reasons.element.message");
    project.amountIs("long");
    JsonNode replay = project.replay("--interval", "2024-02");
    ReplayProject.published(replay);
    assertThat(TestProject.problems(replay))
        .as("nobody knows why order 3 has no amount")
        .singleElement()
        .asString()
        .startsWith("AFP-ING-020 1 reject of raw.t may lack fields: an earlier AFP stored");
    project.file("2024-03", "y,2024-03-01,1");
    ReplayProject.published(project.run("2024-03"));

    assertThat(
            project
                .project()
                .lake(
                    "select interval_start, reasons[0].message, run_id is null, array_join(fields,"
                        + " ' ') from raw.t__rejects"))
        .containsExactly(
            "2024-01-01 null true null",
            "2024-02-01 no value false null",
            "2024-03-01 not an int: \"y\" false id day amount");
    assertThat(project.rows()).containsExactly("2 2024-02-01 2500000000");
  }

  @Test
  void aCleanFileCostsOneJobAlsoWhereRowsWereRejectedBefore() throws TimeoutException {
    project.file("2024-01", "1,2024-01-01,1", "2,2024-01-02,2").file("2024-02", "x,2024-02-01,1");
    int clean = jobs(() -> project.run("2024-01"));
    project.run("2024-02");
    project.file("2024-01", "1,2024-01-01,1", "3,2024-01-02,2");
    int cleanWithRejectsBeside = jobs(() -> project.run("2024-01"));
    project.file("2024-02", "4,2024-02-01,1");
    int mended = jobs(() -> project.run("2024-02"));

    assertThat(cleanWithRejectsBeside).isEqualTo(clean);
    assertThat(mended).as("its old rejects are taken out without reading").isEqualTo(clean);
    assertThat(project.rejects()).isEmpty();
    assertThat(project.rows()).hasSize(3);
  }

  @Test
  void aCleanFileThatComesIntoAFolderCostsNoJobMoreWhereOthersHaveRejects()
      throws TimeoutException {
    try (ReplayProject folder =
        ReplayProject.landing(root.resolve("landing"), "mode: upsert, as_of: day")) {
      folder.file("a", "1,2024-01-01,1");
      ReplayProject.published(folder.run(""));
      folder.file("b", "2,2024-01-02,1");
      int clean = jobs(() -> folder.run(""));
      folder.file("c", "3,2024-01-03,x");
      ReplayProject.published(folder.run(""));
      folder.file("d", "4,2024-01-04,1");

      assertThat(jobs(() -> folder.run(""))).isEqualTo(clean);
      assertThat(folder.rows()).hasSize(3);
      assertThat(folder.rejects()).hasSize(1);
    }
  }

  @Test
  void ofAFileWithRejectsOnlyTheseAreReadAgain() throws TimeoutException {
    String[] lines =
        IntStream.range(0, 1_000)
            .mapToObj("%d,2024-01-02,5"::formatted)
            .map(line -> line.startsWith("7") ? line.replace(",5", ",x") : line)
            .toArray(String[]::new);
    project.file("2024-01", lines);
    AtomicLong read = new AtomicLong();
    SparkListener readers =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            read.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
          }
        };
    listening(readers, () -> project.run("2024-01"));

    assertThat(project.rejects())
        .hasSize(111)
        .contains("{\"id\":\"7\",\"day\":\"2024-01-02\",\"amount\":\"x\"} amount type x");
    assertThat(project.rows()).hasSize(889);
    assertThat(read.get())
        .as("the file, its rejects, and these and keys to judge")
        .isLessThan(2_900);
  }

  @Test
  void whatIsRejectedOnlySometimesFailsTheRun() {
    project
        .project()
        .table(
            "raw.t",
            """
            from: { files: "in/${interval:yyyy-MM}.csv", format: csv }
            columns:
              day:  { type: date, required: true }
              luck: { type: int, required: true, expr: "if(rand() < 0.5, 1, null)" }
            partition_by: [month(day)]
            write: { mode: replace, interval_column: day }
            rejects: { at_most: 100% }
            """);
    project.file("2024-01", Collections.nCopies(300, "1,2024-01-01,1").toArray(String[]::new));
    assertThat(project.run("2024-01").toString())
        .contains("other rows are rejected when they are read again");
  }

  /** The jobs that write: those that check what was written are of others. */
  private static int jobs(Supplier<JsonNode> work) throws TimeoutException {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener starts =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    listening(starts, work);
    return jobs.get();
  }

  private static void listening(SparkListener listener, Supplier<JsonNode> work)
      throws TimeoutException {
    var context = TestSpark.session().sparkContext();
    context.addSparkListener(listener);
    try {
      ReplayProject.published(work.get());
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.removeSparkListener(listener);
    }
  }

  @Test
  void countsAreByIntervalAndReason() {
    project
        .file("2024-01", "x,2024-01-01,many", "2,2024-01-02,2", "3,y")
        .file("2024-02", "x,2024-02-01,1");
    project.run("2024-01..2024-02");
    JsonNode data = project.upkeep("rejects-list").get("data");

    assertThat(data.get("tables").toString())
        .isEqualTo(
            "[{\"table\":\"raw.t\",\"interval\":\"2024-01\",\"rows\":2},"
                + "{\"table\":\"raw.t\",\"interval\":\"2024-02\",\"rows\":1}]");
    assertThat(data.get("reasons").findValuesAsText("reason"))
        .containsExactly("malformed", "type", "type", "type");
    assertThat(data.get("reasons").findValuesAsText("column"))
        .containsExactly("", "amount", "id", "id");
    assertThat(data.get("reasons").findValuesAsText("interval"))
        .containsExactly("2024-01", "2024-01", "2024-01", "2024-02");
  }

  @Test
  void theRejectsOfAFailedRunCanBeLookedAtOnItsBranch() {
    project
        .project()
        .table(
            "raw.t",
            """
            from: { files: "in/${interval:yyyy-MM}.csv", format: csv }
            columns:
              id:     { type: int, required: true }
              day:    { type: date, required: true }
              amount: { type: int, pii: true }
            partition_by: [month(day)]
            write: { interval_column: day }
            rejects: { at_most: 100%, max: 1 }
            """);
    project.file("2024-01", "x,2024-01-01,7", "2,2024-01-02,many", "3,2024-01-02,3");
    JsonNode report = project.run("2024-01");

    assertThat(report.get("exit").asInt()).isEqualTo(65);
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .contains(
            "2 of 3 rows broke the contract, at most 100 % and 1 row may: amount type (1), id type"
                + " (1)");
    assertThat(report.get("diagnostics").get(0).get("fix").asText())
        .startsWith("Look at the rows: afp rejects explain p raw.t --run ");
    String branch =
        project.project().ledger("select name from afp.branch where state = 'fenced'").get(0);
    JsonNode rejects =
        project
            .upkeep("rejects-explain", "--table", "raw.t", "--branch", branch, "--limit", "5")
            .at("/data/rejects");

    assertThat(rejects.findValuesAsText("record"))
        .containsExactlyInAnyOrder(
            "{\"id\":\"x\",\"day\":\"2024-01-01\",\"amount\":\"******\"}",
            "{\"id\":\"2\",\"day\":\"2024-01-02\",\"amount\":\"******\"}");
    assertThat(rejects.findValuesAsText("sentence"))
        .containsExactlyInAnyOrder("id: not an int: \"x\"", "amount: not an int: \"******\"");
    JsonNode ofColumn =
        project.upkeep(
            "rejects-explain",
            "--table",
            "raw.t",
            "--branch",
            branch,
            "--limit",
            "5",
            "--column",
            "id");
    assertThat(ofColumn.at("/data/rows").asInt()).as(ofColumn.toString()).isEqualTo(1);
  }
}
