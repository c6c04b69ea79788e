package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class RunHistoryTest {

  private Runs runs;
  private RunHistory history;
  private TestLake lake;

  @BeforeEach
  void aLedger(TestLake given) {
    lake = given;
    runs = new Runs(lake.database());
    history = new RunHistory(lake.database());
  }

  @Test
  void theNewestRunsComeFirstAndNoMoreThanAskedFor() {
    UUID first = started("flights");
    UUID second = started("weather");
    UUID third = started("flights");

    assertThat(history.newest(Optional.empty(), 2))
        .extracting(RunHistory.Entry::id)
        .containsExactly(third, second);
    assertThat(history.newest(Optional.of("flights"), 10))
        .extracting(RunHistory.Entry::id)
        .containsExactly(third, first);
    assertThat(history.newestOfEach())
        .extracting(RunHistory.Entry::id)
        .containsExactly(third, second);
  }

  @Test
  void aRunTellsHowItEnded() {
    UUID id = started("flights");
    runs.newAttempt(id);
    runs.fail(id, "AFP-QUA-001", "A check failed");

    RunHistory.Entry entry = history.find(id.toString());

    assertThat(entry.state()).isEqualTo("failed");
    assertThat(entry.attempts()).isOne();
    assertThat(entry.failure()).contains(new RunHistory.Failure("AFP-QUA-001", "A check failed"));
    assertThat(entry.duration().isNegative()).isFalse();
    assertThat(entry.release()).isEmpty();
  }

  @Test
  void aRunIsAtWorkWhileItsLeaseIsHeldAndThenKilledAndItsClockStands() {
    UUID id = started("flights");
    new Steps(lake.database(), runs.newAttempt(id))
        .start(Phase.INGEST, TableName.parse("raw.flights"), "print", "checks");
    LeaseKeeper lease = LeaseKeeper.tryTake(lake.database(), "flights", id).orElseThrow();
    assertThat(history.find(id.toString()).state()).isEqualTo("running");
    assertThat(RunReport.read(lake.database(), id).orElseThrow().steps())
        .extracting(RunReport.Step::state)
        .containsExactly("running");

    killHolder();

    RunHistory.Entry killed = history.find(id.toString());
    assertThat(killed.state()).isEqualTo("killed");
    assertThat(killed.duration()).isEqualTo(history.newestOfEach().get(0).duration());
    RunReport report = RunReport.read(lake.database(), id).orElseThrow();
    assertThat(report.run().state()).isEqualTo("killed");
    assertThat(report.steps()).extracting(RunReport.Step::state).containsExactly("killed");
    assertThat(report.steps()).isEqualTo(RunReport.read(lake.database(), id).orElseThrow().steps());
    lease.close();
  }

  @Test
  void aRunThatWasKilledWhileItServedStaysPublishedAndItsClockStands() {
    UUID id = started("flights");
    lake.database().useTransaction(h -> h.execute("UPDATE afp.run SET state = 'published'"));

    RunHistory.Entry entry = history.find(id.toString());

    assertThat(entry.state()).isEqualTo("published");
    assertThat(entry.duration()).isZero();
  }

  @Test
  void aRunThatWaitsForItsNextJobIsAtWorkUntilTheLeaseExpires() {
    UUID id = started("flights");
    LeaseKeeper.tryTake(lake.database(), "flights", id).orElseThrow().handOver();
    assertThat(history.find(id.toString()).state()).isEqualTo("running");

    lake.database()
        .useTransaction(h -> h.execute("UPDATE afp.lease SET expires_at = now() - interval '1 s'"));

    assertThat(history.find(id.toString()).state()).isEqualTo("killed");
  }

  private void killHolder() {
    LedgerRows.strings(lake, "SELECT pg_terminate_backend(backend_pid, 5000)::text FROM afp.lease");
  }

  @Test
  void theTimeBetweenAttemptsIsNotTimeOfTheRun() {
    UUID id = started("flights");
    runs.newAttempt(id);
    runs.fail(id, "AFP-QUA-001", "A check failed");
    runs.newAttempt(id);
    runs.newAttempt(id);
    runs.succeed(id);
    lake.database()
        .useTransaction(
            handle ->
                handle.execute(
                    """
                    UPDATE afp.run SET created_at = '2013-01-01 03:00Z', ended_at = '2013-01-03 03:00:07Z';
                    UPDATE afp.attempt SET started_at = '2013-01-01 03:00:02Z', ended_at = '2013-01-01 03:00:30Z' WHERE number = 1;
                    UPDATE afp.attempt SET started_at = '2013-01-02 03:00Z' WHERE number = 2;
                    UPDATE afp.attempt SET started_at = '2013-01-03 03:00Z' WHERE number = 3;
                    INSERT INTO afp.step (run_id, attempt, phase, table_namespace, table_name, state, position, started_at)
                    SELECT id, 2, 'ingest', 'raw', 'flights', 'running', 1, '2013-01-02 03:00:05Z' FROM afp.run
                    """));

    assertThat(history.find(id.toString()).duration())
        .as("30 seconds, 5 until the driver was killed, and 7")
        .isEqualTo(Duration.ofSeconds(42));
  }

  @Test
  void anAttemptTellsWhatBecameOfItsBranch() {
    UUID id = started("flights");
    AttemptRecord first = runs.newAttempt(id);
    lake.branches().create(first.branch());
    lake.branches().discard(first.branch());
    runs.newAttempt(id);

    assertThat(history.attempts(id))
        .extracting(RunHistory.Attempt::branchState)
        .containsExactly(Optional.of("discarded"), Optional.empty());
  }

  @Test
  void aRunIsFoundByTheStartOfItsId() {
    UUID id = started("flights");

    assertThat(history.find(id.toString().substring(0, 8)).id()).isEqualTo(id);
    assertThat(history.find(id.toString().substring(0, 8).toUpperCase(Locale.ROOT)).id())
        .isEqualTo(id);
  }

  @Test
  void aStartThatNoRunOrSeveralHaveIsRefused() {
    started(UUID.fromString("abcd0000-0000-0000-0000-000000000001"));
    started(UUID.fromString("abcd0000-0000-0000-0000-000000000002"));

    for (String prefix : new String[] {"abcd", "1234", "%", ""}) {
      assertThatExceptionOfType(AfpException.class)
          .as("prefix '%s'", prefix)
          .isThrownBy(() -> history.find(prefix))
          .returns(ErrorCode.UNKNOWN_RUN, AfpException::code);
    }
  }

  private UUID started(String pipeline) {
    RunRecord run = LedgerRows.run(pipeline, "all");
    runs.start(run);
    return run.id();
  }

  private void started(UUID id) {
    runs.start(RunRecord.begun(id, "flights", "all"));
  }
}
