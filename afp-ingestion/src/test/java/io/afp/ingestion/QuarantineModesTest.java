package io.afp.ingestion;

import static io.afp.ingestion.ReplayProject.nothingToDo;
import static io.afp.ingestion.ReplayProject.published;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In every write mode a row is in the table, or kept out, or rejected: once, and none is lost. */
@Tag("long")
class QuarantineModesTest {

  @TempDir private Path root;
  private ReplayProject project;

  @AfterEach
  void close() {
    project.close();
  }

  private void inMonths(String write) {
    project = ReplayProject.inMonths(root, write).amountIsUpTo(100);
  }

  private List<String> versions() {
    return project.project().lake("select id, amount, valid_from, valid_to from raw.t");
  }

  /** All rows of a run are somewhere, by the ledger and by the tables. */
  private void accounts(JsonNode run, int rows, int keptOut, int rejected) {
    published(run);
    assertThat(
            project
                .project()
                .ledger(
                    "select rows_in || ' ' || rows_rejected from afp.step where phase = 'ingest'"
                        + " and run_id = '%s'".formatted(run.get("run_id").asText())))
        .containsExactly(rows + " " + rejected);
    assertThat(project.quarantine()).hasSize(keptOut);
    if (rejected > 0) {
      assertThat(project.rejects()).hasSize(rejected);
    }
  }

  @Test
  void upsertHasTheNewestRowsThatObeyAndAReplayOnlyBringsNewerOnes() {
    inMonths("mode: upsert, as_of: day");
    project.file(
        "2024-01",
        "1,2024-01-01,500",
        "1,2024-01-03,3",
        "2,2024-01-01,5",
        "2,2024-01-04,700",
        "3,2024-01-05,900",
        "x,2024-01-06,1");
    project.file("2024-02", "4,2024-02-01,400", "1,2024-02-01,800");
    accounts(project.run("2024-01..2024-02"), 8, 5, 1);
    assertThat(project.rows()).containsExactly("1 2024-01-03 3", "2 2024-01-01 5");
    accounts(project.run("2024-01", "--restate"), 6, 5, 1);
    assertThat(project.rows()).hasSize(2);

    project.amountIsUpTo(750);
    published(project.replayQuarantine());
    assertThat(project.rows())
        .as("of 1 the older row came late, of 2 the newer one")
        .containsExactly("1 2024-01-03 3", "2 2024-01-04 700", "4 2024-02-01 400");
    assertThat(project.quarantine()).containsExactly("1 2024-02-01 800", "3 2024-01-05 900");
    nothingToDo(project.replayQuarantine());
    published(project.run("2024-01..2024-02"));
    assertThat(project.rows()).as("a run by the rule of today is of one mind").hasSize(3);
    assertThat(project.quarantine()).hasSize(2);

    project.file("2024-01", "1,2024-01-03,3", "2,2024-01-04,700", "3,2024-01-05,90");
    published(project.run("2024-01"));
    assertThat(project.rows()).contains("3 2024-01-05 90").hasSize(4);
    assertThat(project.quarantine())
        .as("those of a mended file are gone, those of other intervals are there")
        .containsExactly("1 2024-02-01 800");
    nothingToDo(project.replayQuarantine("--interval", "2024-01"));

    project.amountIsUpTo(60);
    published(project.run("2024-01"));
    assertThat(project.quarantine()).contains("3 2024-01-05 90");
    assertThat(project.rows())
        .as("an upsert takes nothing back, also not for a stricter rule")
        .contains("3 2024-01-05 90");
  }

  @Test
  void aHistoryGetsTheVersionsThatWereKeptOut() {
    inMonths("mode: scd2, as_of: day");
    project.file("2024-01", "1,2024-01-01,1", "1,2024-01-02,500", "1,2024-01-03,3");
    project.file("2024-02", "1,2024-02-01,600", "2,2024-02-01,2");
    accounts(project.run("2024-01..2024-02"), 5, 2, 0);
    assertThat(versions())
        .containsExactly("1 1 2024-01-01 2024-01-03", "1 3 2024-01-03 null", "2 2 2024-02-01 null");

    project.amountIsUpTo(550);
    published(project.replayQuarantine());
    List<String> replayed = versions();
    assertThat(replayed)
        .containsExactly(
            "1 1 2024-01-01 2024-01-02",
            "1 3 2024-01-03 null",
            "1 500 2024-01-02 2024-01-03",
            "2 2 2024-02-01 null");
    accounts(project.run("2024-01..2024-02"), 5, 1, 0);
    assertThat(versions()).isEqualTo(replayed);

    project.amountIsUpTo(100);
    accounts(project.run("2024-01"), 3, 2, 0);
    assertThat(versions()).as("a stricter rule takes the version back").hasSize(3);
    project.file("2024-02", "1,2024-02-01,60", "2,2024-02-01,2");
    accounts(project.run("2024-02"), 2, 1, 0);
    assertThat(versions()).contains("1 3 2024-01-03 2024-02-01", "1 60 2024-02-01 null");
  }

  @Test
  void ofALandingFolderThoseOfOtherFilesStay() {
    project = ReplayProject.landing(root, "mode: upsert, as_of: day").amountIsUpTo(100);
    project.file("a", "1,2024-01-01,1", "2,2024-01-01,500");
    accounts(project.run(""), 2, 1, 0);
    project.file("b", "1,2024-01-02,600", "3,2024-01-02,3");
    accounts(project.run(""), 2, 2, 0);
    project.file("c", "2,2024-01-03,30");
    accounts(project.run(""), 1, 2, 0);

    project.file("a", "1,2024-01-01,1", "2,2024-01-01,20");
    published(project.run(""));
    assertThat(project.quarantine()).as("a was mended").containsExactly("1 2024-01-02 600");
    assertThat(project.rows())
        .as("c had a newer row of 2 than a has")
        .containsExactly("1 2024-01-01 1", "2 2024-01-03 30", "3 2024-01-02 3");

    project.amountIsUpTo(1000);
    published(project.replayQuarantine());
    assertThat(project.rows())
        .containsExactly("1 2024-01-02 600", "2 2024-01-03 30", "3 2024-01-02 3");
    assertThat(project.quarantine()).isEmpty();
  }

  @Test
  void appendedRowsAreAddedOnceTheyObey() {
    inMonths("mode: append, on_rerun: replace");
    project.file("2024-01", "1,2024-01-01,1", "2,2024-01-02,500");
    project.file("2024-02", "3,2024-02-02,600");
    accounts(project.run("2024-01..2024-02"), 3, 2, 0);
    accounts(project.run("2024-01", "--restate"), 2, 2, 0);

    project.amountIsUpTo(550);
    published(project.replayQuarantine("--interval", "2024-01"));
    assertThat(project.rows()).containsExactly("1 2024-01-01 1", "2 2024-01-02 500");
    accounts(project.run("2024-01..2024-02"), 3, 1, 0);
    assertThat(project.rows()).hasSize(2);
  }

  @Test
  void aSnapshotHasNone() {
    project = ReplayProject.inMonths(root, "mode: snapshot");
    project.file("2024-01", "1,2024-01-01,1");
    published(project.run("2024-01"));
    project.amountIsUpTo(100);

    for (JsonNode report : List.of(project.run("2024-01"), project.replayQuarantine())) {
      assertThat(report.get("exit").asInt()).isEqualTo(78);
      assertThat(report.toString()).contains("quarantine");
    }
    assertThat(project.rows()).hasSize(1);
  }
}
