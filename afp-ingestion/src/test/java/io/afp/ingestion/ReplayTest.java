package io.afp.ingestion;

import static io.afp.ingestion.ReplayProject.nothingToDo;
import static io.afp.ingestion.ReplayProject.published;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejects that fit the contract of today get into their table, each once. */
class ReplayTest {

  private static final String WITH_CENTS =
      "{\"id\":\"2\",\"day\":\"2024-01-02\",\"amount\":\"2500000000\"}";

  private static final String FILES =
      "select unit || path || checksum || size || modified_at || checked_at from afp.loaded_file"
          + " order by 1";

  @TempDir private Path root;
  private ReplayProject replay;

  @AfterEach
  void close() {
    replay.close();
  }

  private ReplayProject months() {
    replay =
        ReplayProject.inMonths(root, "mode: replace")
            .file(
                "2024-01", "1,2024-01-01,1", "2,2024-01-02,2500000000", "3,2024-01-03,many", "4,x")
            .file("2024-02", "5,2024-02-01,5500000000", "6,2024-02-02,6");
    published(replay.run("2024-01..2024-02"));
    assertThat(replay.rows()).containsExactly("1 2024-01-01 1", "6 2024-02-02 6");
    return replay.amountIs("long");
  }

  @Test
  void whatFitsNowIsInTheTableAndTheRestStaysWithTheReasonsOfToday() {
    months();
    List<String> malformed = judged("4,x");
    List<String> many = judged("%many%");

    published(replay.replay());

    assertThat(judged("4,x")).as("the same reason").isEqualTo(malformed);
    assertThat(judged("%many%")).as("another type").isNotEqualTo(many).hasSize(1);
    assertThat(replay.rows())
        .containsExactly(
            "1 2024-01-01 1",
            "2 2024-01-02 2500000000",
            "5 2024-02-01 5500000000",
            "6 2024-02-02 6");
    assertThat(replay.rejects())
        .containsExactly(
            "4,x  malformed 4,x",
            "{\"id\":\"3\",\"day\":\"2024-01-03\",\"amount\":\"many\"} amount type many");
    assertThat(
            replay
                .project()
                .ledger(
                    """
                    select request || ': ' || rows_in || ' ' || rows_out || ' ' || rows_rejected
                      from afp.run r join afp.step s on r.id = s.run_id
                     where request like '%rejects%' and phase = 'ingest'
                    """))
        .containsExactly("rejects of raw.t: 4 2 2");
  }

  private List<String> judged(String record) {
    return replay
        .project()
        .lake(
            "select run_id, rejected_at from raw.t__rejects where record like '%s'"
                .formatted(record));
  }

  @Test
  void replayedAgainNothingChanges() {
    published(months().replay());
    List<String> rows = replay.rows();
    List<String> rejects = replay.rejects();

    nothingToDo(replay.replay());

    assertThat(replay.rows()).isEqualTo(rows);
    assertThat(replay.rejects()).isEqualTo(rejects);
    assertThat(replay.project().ledger("select count(*) from afp.release")).containsExactly("2");
  }

  @Test
  void anIntervalIsReplayedAlone() {
    published(months().replay("--interval", "2024-02"));

    assertThat(replay.rows())
        .containsExactly("1 2024-01-01 1", "5 2024-02-01 5500000000", "6 2024-02-02 6");
    assertThat(replay.rejects()).hasSize(3).anyMatch(r -> r.startsWith(WITH_CENTS));
  }

  @Test
  void reasonsThatAreOthersTodayAreStoredAlsoWhereNothingFits() {
    months();
    replay.amountIs("int }\n  more: { type: int, expr: cast(null as int)");
    published(replay.replay("--interval", "2024-02"));

    assertThat(replay.rows()).containsExactly("1 2024-01-01 1", "6 2024-02-02 6");
    nothingToDo(replay.replay("--interval", "2024-02"));
  }

  @Test
  void whatIsMadeOfTheTableIsStaleAndTheFilesAreStillThoseThatWereLoaded() {
    months();
    List<String> before =
        replay.project().ledger("select unit || definition_hash || inputs::text from afp.done");
    List<String> files = replay.project().ledger(FILES);
    assertThat(files).hasSize(2);
    published(replay.replay());
    assertThat(replay.project().ledger(FILES)).isEqualTo(files);

    assertThat(
            replay.project().ledger("select unit || definition_hash || inputs::text from afp.done"))
        .as("rows that were accepted before are still of the old definition")
        .isEqualTo(before);
    assertThat(replay.project().ledger("select release_id::text from afp.done"))
        .containsExactly("2", "2");
    assertThat(replay.project().ledger("select release_id::text from afp.loaded_file"))
        .containsExactly("2", "2");
  }

  @Test
  void theNextRunLoadsTheIntervalFromItsFilesByTheContractOfTodayAndNoRowIsThereTwice() {
    published(months().replay());
    List<String> rows = replay.rows();

    published(replay.run("2024-01..2024-02"));

    assertThat(replay.rows()).isEqualTo(rows);
    nothingToDo(replay.replay());
  }

  @Test
  void aDryRunSaysWhatWouldFitAndChangesNothing() {
    months();
    List<String> rejects = replay.rejects();
    JsonNode data = replay.upkeep("rejects-check", "--table", "raw.t").get("data");

    assertThat(data.get("rows").asInt()).as(data.toString()).isEqualTo(4);
    assertThat(data.get("fits").asInt()).isEqualTo(2);
    assertThat(data.get("stays").asInt()).isEqualTo(2);
    assertThat(data.get("intervals").toString())
        .isEqualTo("[{\"interval\":\"2024-01\",\"fits\":1},{\"interval\":\"2024-02\",\"fits\":1}]");
    assertThat(replay.rejects()).isEqualTo(rejects);
    assertThat(replay.rows()).containsExactly("1 2024-01-01 1", "6 2024-02-02 6");
  }

  @Test
  void aReplayIsJudgedWithTheRowsOfItsIntervalAndPublishesNothingWhenACheckFails() {
    months();
    replay.file("2024-03", "7,2024-03-01,7", "7,2024-03-02,7500000000");
    replay.amountIs("int");
    published(replay.run("2024-03"));
    replay.amountIs("long");
    JsonNode report = replay.replay("--interval", "2024-03");

    assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(65);
    assertThat(TestProject.problems(report)).singleElement().asString().contains("raw.t.key");
    assertThat(replay.rejects()).anyMatch(r -> r.contains("7500000000"));
  }

  @Test
  void whatIsNoSourceHasNoRejects() {
    months();
    JsonNode report = replay.upkeep("rejects-check", "--table", "raw.other");

    assertThat(report.get("exit").asInt()).isEqualTo(64);
    assertThat(TestProject.problems(report)).singleElement().asString().startsWith("AFP-ING-020");
  }

  @Test
  void aRecordFromWhichValuesWereKeptOutStaysAlsoWhenTheyAreNoMoreToday() {
    replay = ReplayProject.whole(root, "mode: replace").file("all", "1,2024-01-01,secret");
    String table =
        """
        from: { files: in/all.csv, format: csv }
        columns:
          id:     { type: int }
          amount: { type: string, pii: %s }
          sure:   { type: int, required: true, expr: "%s" }
        rejects: { at_most: 100%% }
        """;
    replay.project().table("raw.t", table.formatted("mask", "cast(null as int)"));
    published(replay.run("all"));
    nothingToDo(replay.replay());
    replay.project().table("raw.t", table.formatted("false", "1"));

    nothingToDo(replay.replay());
    assertThat(replay.rejects()).singleElement().asString().doesNotContain("secret");
    published(replay.run("all"));
    assertThat(replay.project().lake("select amount from raw.t")).containsExactly("secret");
  }

  @Test
  void whereNothingWasRejectedThereIsNothingToReplay() {
    replay = ReplayProject.inMonths(root, "mode: replace").file("2024-01", "1,2024-01-01,1");
    nothingToDo(replay.replay());
    published(replay.run("2024-01"));
    nothingToDo(replay.replay());
  }
}
