package io.afp.ingestion;

import static io.afp.ingestion.ReplayProject.nothingToDo;
import static io.afp.ingestion.ReplayProject.published;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay and the next run of its interval agree in every write mode: no row is doubled or lost.
 */
@Tag("long")
class ReplayModesTest {

  private static final String LONG = "long";

  @TempDir private Path root;
  private ReplayProject replay;

  @AfterEach
  void close() {
    replay.close();
  }

  private void replayed(ReplayProject project) {
    replay = project;
    replay.file("2024-01", "1,2024-01-01,1", "2,2024-01-02,2500000000");
    replay.file("all", "1,2024-01-01,1", "2,2024-01-02,2500000000");
    published(replay.run("2024-01"));
    replay.amountIs(LONG);
    published(replay.replay());
    assertThat(replay.rows()).containsExactly("1 2024-01-01 1", "2 2024-01-02 2500000000");
    assertThat(replay.rejects()).isEmpty();
    nothingToDo(replay.replay());
  }

  private void theNextRunChangesNoRow() {
    published(replay.run("2024-01"));
    assertThat(replay.rows()).containsExactly("1 2024-01-01 1", "2 2024-01-02 2500000000");
    assertThat(replay.rejects()).isEmpty();
  }

  private void theNextRunIsRefused() {
    JsonNode report = replay.run("2024-01");
    assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(78);
    assertThat(TestProject.problems(report)).singleElement().asString().startsWith("AFP-LAKE-005");
    assertThat(replay.rows()).containsExactly("1 2024-01-01 1", "2 2024-01-02 2500000000");
  }

  @Test
  void replaceOfAWholeTable() {
    replayed(ReplayProject.whole(root, "mode: replace"));
    theNextRunChangesNoRow();
  }

  @Test
  void appendThatRefusesARerun() {
    replayed(ReplayProject.inMonths(root, "mode: append"));
    theNextRunIsRefused();
  }

  @Test
  void appendThatReplacesOnARerun() {
    replayed(ReplayProject.inMonths(root, "mode: append, on_rerun: replace"));
    theNextRunChangesNoRow();
  }

  @Test
  void appendToAWholeTable() {
    replayed(ReplayProject.whole(root, "mode: append"));
    nothingToDo(replay.run("2024-01"));
    assertThat(replay.rows()).containsExactly("1 2024-01-01 1", "2 2024-01-02 2500000000");
  }

  @Test
  void upsert() {
    replayed(ReplayProject.inMonths(root, "mode: upsert, as_of: day"));
    theNextRunChangesNoRow();
  }

  @Test
  void upsertOfAWholeTable() {
    replayed(ReplayProject.whole(root, "mode: upsert, as_of: day"));
    theNextRunChangesNoRow();
  }

  @Test
  void aReplayedRowThatIsOlderDoesNotTakeThePlaceOfANewerOne() {
    replay = ReplayProject.inMonths(root, "mode: upsert, as_of: day");
    replay.file("2024-01", "1,2024-01-01,3500000000", "1,2024-01-03,3");
    published(replay.run("2024-01"));
    replay.amountIs(LONG);

    published(replay.replay());

    assertThat(replay.rows()).containsExactly("1 2024-01-03 3");
    assertThat(replay.rejects()).as("it was merged, and lost against the newer one").isEmpty();
  }

  @Test
  void scd2() {
    history(ReplayProject.inMonths(root, "mode: scd2, as_of: day"));
  }

  @Test
  void scd2OfAWholeTable() {
    history(ReplayProject.whole(root, "mode: scd2, as_of: day"));
  }

  private void history(ReplayProject project) {
    replay = project;
    String[] lines = {
      "1,2024-01-01,1", "1,2024-01-02,2500000000", "1,2024-01-03,3", "2,2024-01-01,9500000000"
    };
    replay.file("2024-01", lines).file("all", lines);
    published(replay.run("2024-01"));
    replay.amountIs(LONG);
    published(replay.replay());
    List<String> versions = versions();
    assertThat(versions)
        .as("the version in the middle is there, and the one before ends with it")
        .containsExactly(
            "1 1 2024-01-01 2024-01-02 false",
            "1 2500000000 2024-01-02 2024-01-03 false",
            "1 3 2024-01-03 null true",
            "2 9500000000 2024-01-01 null true");
    nothingToDo(replay.replay());

    published(replay.run("2024-01"));
    assertThat(versions()).isEqualTo(versions);
  }

  private List<String> versions() {
    return replay.project().lake("select id, amount, valid_from, valid_to, is_current from raw.t");
  }

  @Test
  void scd2OfWhichNoRowFitAtFirst() {
    replay = ReplayProject.inMonths(root, "mode: scd2, as_of: day");
    replay.file("2024-01", "1,2024-01-01,3500000000");
    published(replay.run("2024-01"));
    replay.amountIs(LONG);
    published(replay.replay());
    assertThat(versions()).containsExactly("1 3500000000 2024-01-01 null true");
    replay.file("2024-02", "1,2024-02-01,2");

    published(replay.run("2024-01..2024-02"));

    assertThat(versions())
        .containsExactlyInAnyOrder(
            "1 3500000000 2024-01-01 2024-02-01 false", "1 2 2024-02-01 null true");
  }

  @Test
  void aSnapshotIsRefusedBecauseARowIsNoFullExtract() {
    replay = ReplayProject.inMonths(root, "mode: snapshot");
    replay.file("2024-01", "1,2024-01-01,3500000000", "2,2024-01-01,1");
    published(replay.run("2024-01"));
    replay.amountIs(LONG);
    JsonNode report = replay.replay();

    assertThat(report.get("exit").asInt()).isEqualTo(64);
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith(
            "AFP-ING-020 Cannot replay the rejects of raw.t: a row alone is no full extract");
    published(replay.run("2024-01", "--restate"));
    assertThat(replay.rows()).hasSize(2);
  }
}
