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
import java.util.Map;
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
  private static final FileStamp STAMP =
      new FileStamp(9, Instant.parse("2013-03-01T00:00:00.123Z"));
  private static final Instant CHECKED = Instant.parse("2013-03-02T00:00:00Z");
  private static final List<StepUnit> UNITS =
      List.of(
          unit("2013-02", List.of(file("b.csv", "2"))),
          unit("2013-01", List.of(file("a.csv", "1")), "table:core.b=run"));

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
    ledger.step(
        attempt, A, List.of(unit("2013-01", List.of(file("c.csv", "3")))), Set.of(), Set.of(A));
    long release = publish();
    DoneUnits done = new DoneUnits(lake.database());
    assertThat(done.of(A).get("2013-01").release()).isEqualTo(release);
    assertThat(done.of(A).get("2013-02").release()).isLessThan(release);
    assertThat(LedgerRows.strings(lake, "SELECT path FROM afp.loaded_file ORDER BY 1"))
        .containsExactly("b.csv", "c.csv");
  }

  @Test
  void filesAreLoadedAsTheyWereReadAlsoByAnEarlierAttempt() {
    ledger.step(attempt, A, UNITS, Set.of(B), Set.of(A));
    StepRecord step = new Steps(lake.database(), attempt).finished().get(0);
    AttemptRecord next = new Runs(lake.database()).newAttempt(attempt.runId());
    new Steps(lake.database(), next).takeOver(attempt, step);
    attempt = next;
    assertThat(new LoadedFiles(lake.database()).of(A)).as("not published yet").isEmpty();
    publish();

    assertThat(new LoadedFiles(lake.database()).of(A))
        .isEqualTo(
            Map.of(
                "2013-01", Map.of("a.csv", file("a.csv", "1")),
                "2013-02", Map.of("b.csv", file("b.csv", "2"))));
  }

  @Test
  void whatAPlanLearnsOfAFileIsRememberedIfItsBytesAreThoseThatWereLoaded() {
    ledger.step(attempt, A, UNITS, Set.of(B), Set.of(A));
    publish();
    LoadedFiles files = new LoadedFiles(lake.database());
    FileStamp touched = new FileStamp(9, Instant.parse("2013-04-01T00:00:00Z"));
    files.remember(
        A,
        Map.of(
            "2013-01",
            List.of(new LoadedFile("a.csv", "1", Optional.of(touched), Optional.of(CHECKED))),
            "2013-02",
            List.of(new LoadedFile("b.csv", "other", Optional.of(touched), Optional.of(CHECKED)))));

    assertThat(files.of(A).get("2013-01").get("a.csv").stamp()).contains(touched);
    assertThat(files.of(A).get("2013-02").get("b.csv")).isEqualTo(file("b.csv", "2"));
  }

  @Test
  void changesOfSourcesAreNotedUntilTheUnitIsDoneAgain() {
    ledger.step(attempt, A, UNITS, Set.of(B), Set.of(A));
    publish();
    SourceNotes changes = new SourceNotes(lake.database());
    SourceChange late = SourceChange.late("a2.csv");
    SourceChange renamed = SourceChange.renamed("b.csv", "c.csv");
    Set<String> units = Set.of("2013-01", "2013-02", "2013-03");
    changes.note(
        A,
        units,
        Map.of("2013-01", List.of(late), "2013-02", List.of(renamed), "2013-03", List.of(late)));
    assertThat(changes.all())
        .as("2013-03 is not done")
        .containsExactly(
            new SourceNotes.Noted("flights", A, "2013-01", late),
            new SourceNotes.Noted("flights", A, "2013-02", renamed));
    attempt = ledger.attempt("flights");
    ledger.step(attempt, A, List.of(UNITS.get(0)), Set.of(), Set.of(A));
    publish();
    assertThat(changes.all()).extracting(SourceNotes.Noted::unit).containsExactly("2013-01");
    changes.note(A, units, Map.of());
    assertThat(changes.all()).isEmpty();
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

  private static StepUnit unit(String month, List<LoadedFile> files, String... others) {
    Unit unit = Unit.of(Interval.parse(month, MONTHS));
    return new StepUnit(unit, "hash", List.of(others), () -> files);
  }

  private static LoadedFile file(String path, String checksum) {
    return new LoadedFile(path, checksum, Optional.of(STAMP), Optional.of(CHECKED));
  }
}
