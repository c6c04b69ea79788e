package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class RunsTest {

  private TestLake lake;
  private Runs runs;

  @BeforeEach
  void aLedger(TestLake given) {
    lake = given;
    runs = new Runs(lake.database());
  }

  @Test
  void everyJobOfARunFindsItsIdByItself() {
    assertThat(Runs.idOf("flights", "k")).isEqualTo(Runs.idOf("flights", "k"));
    assertThat(Runs.idOf("flights", "k")).isNotEqualTo(Runs.idOf("weather", "k"));
    assertThat(Runs.idOf("flights", "k")).isNotEqualTo(Runs.idOf("flights", "l"));
  }

  @Test
  void aRunThatDidNotSucceedIsTakenUpByTheSameRequest() {
    RunRecord run = LedgerRows.run("flights", "2013-01");
    runs.start(run);
    runs.fail(run.id(), "AFP-QUA-001", "A check failed");
    assertThat(unfinished("2013-01")).contains(run.id().toString());
    assertThat(unfinished("2013-02")).as("another request").isEmpty();
    assertThat(runs.unfinished("flights", "2013-01", true)).as("a restatement").isEmpty();
    runs.start(run);
    runs.succeed(run.id());
    assertThat(unfinished("2013-01")).isEmpty();
  }

  @Test
  void anOldFailureIsNotTakenUpAfterALaterSuccess() {
    RunRecord failed = LedgerRows.run("flights", "2013-01");
    runs.start(failed);
    runs.fail(failed.id(), "AFP-QUA-001", "A check failed");
    RunRecord later = LedgerRows.run("flights", "2013-01");
    runs.start(later);
    runs.succeed(later.id());
    assertThat(unfinished("2013-01")).isEmpty();
  }

  @Test
  void startingAgainForgetsTheFailure() {
    RunRecord run = LedgerRows.run("flights", "2013-01");
    runs.start(run);
    runs.fail(run.id(), "AFP-QUA-001", "A check failed");
    runs.start(run);
    assertThat(
            LedgerRows.strings(
                lake,
                "SELECT state || coalesce(error_code, ' ') || (ended_at IS NULL) FROM afp.run"))
        .containsExactly("running true");
  }

  @Test
  void aRunThatHasPublishedStaysPublishedWhenServingFails() {
    AttemptRecord attempt = new LedgerRows(lake).attempt("flights");
    lake.database().useTransaction(h -> Runs.published(h, attempt, 7));
    runs.fail(attempt.runId(), "AFP-SRV-001", "The serving database does not answer");
    assertThat(runs.find(attempt.runId()).orElseThrow().isPublished()).isTrue();
    RunRecord run = runs.find(attempt.runId()).orElseThrow();
    runs.start(run);
    assertThat(runs.find(run.id()).orElseThrow().state()).isEqualTo("published");
    assertThat(runs.find(run.id()).orElseThrow().release()).contains(7L);
    runs.succeed(run.id());
    assertThat(runs.find(run.id()).orElseThrow().state()).isEqualTo("succeeded");
  }

  @Test
  void everyAttemptHasABranchOfItsOwn() {
    RunRecord run = LedgerRows.run("flights", "2013-01");
    runs.start(run);
    AttemptRecord first = runs.newAttempt(run.id());
    AttemptRecord second = runs.newAttempt(run.id());
    assertThat(first.number()).isEqualTo(1);
    assertThat(second.number()).isEqualTo(2);
    assertThat(first.branch()).isNotEqualTo(second.branch());
    assertThat(runs.attempts(run.id())).as("newest first").containsExactly(second, first);
  }

  @Test
  void branchesThatWereLeftAreFoundOfThisPipelineOnly() {
    LedgerRows ledger = new LedgerRows(lake);
    AttemptRecord left = ledger.attempt("flights");
    AttemptRecord discarded = ledger.attempt("flights");
    AttemptRecord stranger = ledger.attempt("weather");
    for (AttemptRecord attempt : new AttemptRecord[] {left, discarded, stranger}) {
      lake.branches().create(attempt.branch());
    }
    lake.branches().discard(discarded.branch());
    assertThat(runs.leftBranches("flights")).containsExactly(left.branch());
    lake.branches().fence(left.branch());
    assertThat(runs.leftBranches("flights")).as("also fenced").containsExactly(left.branch());
  }

  private Optional<String> unfinished(String request) {
    return runs.unfinished("flights", request, false).map(run -> run.id().toString());
  }
}
