package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lookback}: the intervals before one that is to be done are done again with it. */
class LookbackTest {

  private static final String EVENTS = "select * from core.event";

  private LateArrivals late;

  @BeforeEach
  void open(@TempDir Path root) {
    late = new LateArrivals(root, 1);
  }

  @AfterEach
  void close() {
    late.close();
  }

  @Test
  void rowsThatComeADayLateAreInAfterTheRunOfThatDayAndAlsoDownstream() {
    late.arrives(1, 1);
    late.arrives(2, 2);
    late.run("published", 1, 2);
    late.arrives(3, 1, 2, 3);

    assertThat(late.plan(3))
        .containsExactly(
            "raw.arrival 2013-01-03 missing",
            "core.event 2013-01-02 lookback late rows of 2013-01-03 (lookback=1)",
            "core.event 2013-01-03 missing",
            "mart.day 2013-01-02 lookback core.event is written by this run",
            "mart.day 2013-01-03 missing");
    late.run("published", 3, 3);

    assertThat(late.project().lake(EVENTS))
        .as("two days late is later than was declared")
        .containsExactly("2013-01-01 11", "2013-01-02 22", "2013-01-02 32", "2013-01-03 33");
    assertThat(late.project().lake("select * from mart.day"))
        .containsExactly("2013-01-01 1", "2013-01-02 2", "2013-01-03 1");
    assertThat(
            late.project()
                .ledger(
                    "select distinct cardinality(snapshots) from afp.step where phase = 'transform'"))
        .as("one query and one commit for both days")
        .containsExactly("1");
  }

  @Test
  void theSecondOfTwoRunsHasNothingToDoAndNoDayIsMadeThatWasNotThere() {
    late.arrives(5, 4);
    late.run("published", 5, 5);
    late.run("nothing_to_do", 5, 5);
    late.run("published", 6, 6);
    late.run("nothing_to_do", 5, 6);

    assertThat(late.timesDone("core.event")).containsExactly("05 2", "06 1");
    assertThat(late.timesDone("mart.day")).containsExactly("05 2", "06 1");
    assertThat(late.project().lake(EVENTS)).isEmpty();
  }

  @Test
  void aBackfillLooksBackAtTheStartOfEachChunkOnly() {
    late.run("published", 1, 2);

    JsonNode done = backfill("--from", "2013-01-01", "--to", "2013-01-06", "--chunk", "2");

    assertThat(chunks(done))
        .containsExactly("2013-01-03..2013-01-04 2", "2013-01-05..2013-01-06 2");
    List<String> once = List.of("01 1", "02 2", "03 1", "04 2", "05 1", "06 1");
    assertThat(late.timesDone("core.event")).isEqualTo(once);
    assertThat(late.timesDone("mart.day")).isEqualTo(once);
    assertThat(late.timesDone("raw.arrival")).allMatch(day -> day.endsWith(" 1"));
    JsonNode again = backfill("--from", "2013-01-01", "--to", "2013-01-06", "--chunk", "2");
    assertThat(again.get("outcome").asText()).isEqualTo("nothing_to_do");
  }

  @Test
  void aRestatedDayIsLookedBackFromAndAFullRefreshHasNothingToLookBackOn() {
    late.run("published", 1, 3);
    late.arrives(3, 2);

    assertThat(late.plan(3, "--restate", "--select", "core.event+"))
        .containsExactly(
            "core.event 2013-01-02 lookback late rows of 2013-01-03 (lookback=1)",
            "core.event 2013-01-03 restated",
            "mart.day 2013-01-02 lookback core.event is written by this run",
            "mart.day 2013-01-03 stale core.event is written by this run");
    late.run("published", 3, 3, "--restate");
    assertThat(late.project().lake(EVENTS)).containsExactly("2013-01-02 32");
    assertThat(late.timesDone("core.event")).containsExactly("01 1", "02 2", "03 2");

    late.run("published", 2, 2, "--full-refresh");
    assertThat(late.timesDone("mart.day")).containsExactly("01 2", "02 3", "03 3");
  }

  private JsonNode backfill(String... more) {
    return late.project().backfill(more);
  }

  private static List<String> chunks(JsonNode report) {
    return StreamSupport.stream(report.at("/data/chunks").spliterator(), false)
        .map(chunk -> chunk.get("interval").asText() + " " + chunk.get("units").asText())
        .toList();
  }
}
