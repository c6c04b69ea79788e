package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class StepsTest {

  private static final TableName A = TableName.parse("core.a");
  private static final TableName B = TableName.parse("core.b");
  private static final IntervalDef MONTHS =
      new IntervalDef(IntervalUnit.MONTH, ZoneId.of("America/New_York"));
  private static final List<StepUnit> UNITS =
      List.of(unit("2013-02", "file:b.csv=2"), unit("2013-01", "file:a.csv=1", "table:core.b=run"));

  private TestLake lake;
  private LedgerRows ledger;
  private AttemptRecord attempt;

  @BeforeEach
  void anAttempt(TestLake given) {
    lake = given;
    ledger = new LedgerRows(lake);
    attempt = ledger.attempt("flights");
  }

  @Test
  void aFinishedStepIsFoundWithAllThatBelongsToIt() {
    ledger.step(attempt, A, UNITS, Set.of(B), Set.of(A));
    assertThat(new Steps(lake.database(), attempt).finished())
        .containsExactly(
            new StepRecord(
                "transform",
                A,
                "print",
                "checks",
                5,
                1,
                List.of("2013-01", "2013-02"),
                List.of(7L),
                Set.of(B),
                Set.of(A)));
  }

  @Test
  void aStepThatFailedIsNotFinishedUntilItIsDoneAgain() {
    Steps steps = new Steps(lake.database(), attempt);
    steps.start(Phase.TRANSFORM, A, "print", "checks");
    assertThat(steps.finished()).as("it runs").isEmpty();
    steps.fail(Phase.TRANSFORM, A);
    assertThat(steps.finished()).as("it failed").isEmpty();
    ledger.step(attempt, A, UNITS, Set.of(B), Set.of(A));
    assertThat(steps.finished()).hasSize(1);
  }

  @Test
  void aStepIsTakenOverByTheNextAttempt() {
    ledger.step(attempt, A, UNITS, Set.of(B), Set.of(A));
    StepRecord step = new Steps(lake.database(), attempt).finished().get(0);
    AttemptRecord next = new Runs(lake.database()).newAttempt(attempt.runId());
    new Steps(lake.database(), next).takeOver(attempt, step);
    assertThat(new Steps(lake.database(), next).finished()).containsExactly(step);
    AttemptRecord third = new Runs(lake.database()).newAttempt(attempt.runId());
    new Steps(lake.database(), third).takeOver(next, step);
    assertThat(
            LedgerRows.strings(
                lake, "SELECT taken_over_from::text FROM afp.step WHERE attempt = 3"))
        .as("the attempt that did it")
        .containsExactly("1");
  }

  @Test
  void publishTurnsUnitsIntoWhatIsDoneAndFilesIntoWhatIsLoaded() {
    ledger.step(attempt, A, UNITS, Set.of(B), Set.of(A));
    long release = publish();
    DoneUnits done = new DoneUnits(lake.database());
    assertThat(done.of(A).keySet()).containsExactlyInAnyOrder("2013-01", "2013-02");
    assertThat(done.of(A).get("2013-01"))
        .as("what the same run wrote is of this release")
        .isEqualTo(
            new DoneUnits.Done(
                "hash",
                List.of("file:a.csv=1", "table:core.b=" + release),
                release,
                Optional.of(
                    new DoneUnits.Span(
                        Instant.parse("2013-01-01T05:00:00Z"),
                        Instant.parse("2013-02-01T05:00:00Z")))));
    assertThat(
            LedgerRows.strings(
                lake, "SELECT path || ' ' || checksum FROM afp.loaded_file ORDER BY 1"))
        .containsExactly("a.csv 1", "b.csv 2");
    assertThat(LedgerRows.strings(lake, "SELECT interval_start::text FROM afp.done ORDER BY 1"))
        .as("in the calendar of the pipeline")
        .containsExactly("2013-01-01 05:00:00+00", "2013-02-01 05:00:00+00");
  }

  @Test
  void aUnitThatIsDoneAgainIsOfTheNewReleaseAndHasOnlyItsNewFiles() {
    ledger.step(attempt, A, UNITS, Set.of(B), Set.of(A));
    publish();
    attempt = ledger.attempt("flights");
    ledger.step(attempt, A, List.of(unit("2013-01", "file:c.csv=3")), Set.of(), Set.of(A));
    long release = publish();
    DoneUnits done = new DoneUnits(lake.database());
    assertThat(done.of(A).get("2013-01").release()).isEqualTo(release);
    assertThat(done.of(A).get("2013-02").release()).isLessThan(release);
    assertThat(LedgerRows.strings(lake, "SELECT path FROM afp.loaded_file ORDER BY 1"))
        .containsExactly("b.csv", "c.csv");
  }

  private long publish() {
    return lake.database()
        .inTransaction(
            handle -> {
              long release =
                  handle
                      .createQuery(
                          "INSERT INTO afp.release (id, branch) SELECT count(*) + 1, :b FROM afp.release RETURNING id")
                      .bind("b", attempt.branch())
                      .mapTo(Long.class)
                      .one();
              DoneUnits.publish(handle, attempt, "flights", release);
              return release;
            });
  }

  private static StepUnit unit(String month, String... inputs) {
    return new StepUnit(Unit.of(Interval.parse(month, MONTHS)), "hash", List.of(inputs));
  }
}
