package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.ledger.CheckHistory.Acknowledgement;
import io.afp.core.ledger.CheckHistory.Entry;
import io.afp.core.ledger.CheckHistory.Kept;
import io.afp.core.ledger.CheckHistory.Named;
import io.afp.core.measure.Bounds;
import io.afp.core.measure.History;
import io.afp.core.measure.Point;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class CheckHistoryTest {

  private static final TableName TABLE = new TableName("core", "t");
  private static final CheckDef CHECK = check("rows");
  private static final Named NAMED = new Named(TABLE, CHECK.name());
  private static final Acknowledgement SAID =
      new Acknowledgement(false, "a holiday", "ada", Instant.parse("2024-01-01T00:00:00Z"));

  private TestLake lake;
  private CheckHistory history;

  @BeforeEach
  void aLedger(TestLake given) {
    lake = given;
    history = new CheckHistory(lake.database());
  }

  private static CheckDef check(String of) {
    return TableDef.named("core.t")
        .sql("select 1 id")
        .column("id", "int")
        .check(CheckBuilder.anomaly(of).named("volume"))
        .build()
        .checks()
        .get(0);
  }

  private static Kept point(int day, double value, String status) {
    LocalDate date = LocalDate.of(2024, 1, day);
    return new Kept(
        new Point(date.toString(), date.atStartOfDay(), value),
        CHECK.measured(),
        Optional.of(new Bounds(5, 7, 9)),
        Optional.of(20),
        status,
        "write",
        Optional.of(7L));
  }

  private static Kept ofRun(int hour, double value, String status) {
    Kept kept = point(1, value, status);
    Point point = new Point("", kept.point().at().plusHours(hour), value);
    return new Kept(
        point, kept.measures(), kept.bounds(), kept.basis(), status, "write", Optional.empty());
  }

  private AttemptRecord published(Kept... points) {
    AttemptRecord attempt = tried(points);
    lake.database()
        .useTransaction(
            handle ->
                handle.execute(
                    "INSERT INTO afp.branch (name, state) VALUES (?, 'published')",
                    attempt.branch()));
    return attempt;
  }

  private AttemptRecord tried(Kept... points) {
    AttemptRecord attempt = new LedgerRows(lake).attempt("p");
    history.record(attempt, TABLE, Map.of("volume", List.of(points)));
    return attempt;
  }

  private History of(UUID run) {
    return history.of(TABLE, CHECK, run);
  }

  private static List<Double> values(List<Point> points) {
    return points.stream().map(Point::value).toList();
  }

  @Test
  void whatIsKeptIsRead() {
    Kept kept = point(3, 7.5, "passed");
    AttemptRecord attempt = published(kept);

    assertThat(history.shown(NAMED))
        .singleElement()
        .returns(kept, Entry::kept)
        .returns(Optional.of(attempt.runId()), Entry::run)
        .returns(true, Entry::published)
        .returns(Optional.empty(), Entry::acknowledgement);
    assertThat(history.find("volume")).containsExactly(NAMED);
    assertThat(history.find("volumes")).isEmpty();
    assertThat(history.isUnknown(TABLE, CHECK)).isFalse();
  }

  @Test
  void theBaselineIsWhatWasPublishedAndUsual() {
    published(point(1, 1, "passed"), point(2, 2, "learning"), point(3, 3, "warned"));
    tried(point(4, 4, "passed"), point(5, 5, "failed"));

    assertThat(values(of(UUID.randomUUID()).baseline())).containsExactly(1.0, 2.0);
  }

  @Test
  void aUnitThatWasPublishedTwiceIsThatOfTheLastTime() {
    published(point(1, 1, "passed"), point(2, 2, "passed"), point(3, 3, "passed"));
    published(point(1, 10, "passed"), point(2, 20, "warned"));
    tried(point(3, 30, "failed"));

    assertThat(values(of(UUID.randomUUID()).baseline())).containsExactly(10.0, 3.0);
    assertThat(history.shown(NAMED))
        .extracting(entry -> entry.kept().point().value())
        .as("and what was tried since then")
        .containsExactly(10.0, 20.0, 3.0, 30.0);
  }

  @Test
  void whatIsAcknowledgedIsHistoryAlsoIfItWasNotPublished() {
    published(point(1, 1, "passed"));
    AttemptRecord failed = tried(point(2, 20, "failed"), point(3, 3, "passed"));

    List<Entry> said = history.acknowledge(NAMED, failed.runId(), SAID);

    assertThat(said).extracting(entry -> entry.kept().point().value()).containsExactly(20.0);
    assertThat(values(of(UUID.randomUUID()).baseline())).containsExactly(1.0, 20.0);
    assertThat(values(of(UUID.randomUUID()).acknowledged())).containsExactly(20.0);
    assertThat(history.shown(NAMED).get(1))
        .returns(Optional.of(SAID), Entry::acknowledgement)
        .returns(false, Entry::isUnusual);
    assertThat(history.acknowledge(NAMED, failed.runId(), SAID)).as("once more").hasSize(1);
    assertThat(history.acknowledge(NAMED, UUID.randomUUID(), SAID)).isEmpty();
  }

  @Test
  void whatIsAcknowledgedHoldsForItsValueOnly() {
    AttemptRecord failed = tried(point(2, 20, "failed"));
    history.acknowledge(NAMED, failed.runId(), SAID);
    AttemptRecord again = new Runs(lake.database()).newAttempt(failed.runId());
    history.record(again, TABLE, Map.of("volume", List.of(point(2, 21, "failed"))));

    assertThat(history.shown(NAMED)).extracting(Entry::isUnusual).containsExactly(false, true);
  }

  @Test
  void aNewLevelBeginsWithItsPoint() {
    AttemptRecord failed = tried(point(2, 20, "failed"));
    history.acknowledge(
        NAMED, failed.runId(), new Acknowledgement(true, "more shops", "ada", SAID.at()));

    assertThat(of(UUID.randomUUID()).since()).contains(point(2, 20, "failed").point().at());
  }

  @Test
  void runsWithoutUnitsAreOnePointEachAndTheRunThatIsJudgedIsNone() {
    published(ofRun(1, 1, "passed"));
    published(ofRun(2, 2, "passed"));
    AttemptRecord failed = tried(ofRun(3, 30, "failed"));
    history.acknowledge(NAMED, failed.runId(), SAID);

    assertThat(values(of(failed.runId()).baseline())).containsExactly(1.0, 2.0);
    assertThat(values(of(failed.runId()).acknowledged())).containsExactly(30.0);
    assertThat(values(of(UUID.randomUUID()).baseline())).containsExactly(1.0, 2.0, 30.0);
  }

  @Test
  void pointsOfWhatWasMeasuredOtherwiseAreNotCompared() {
    published(point(1, 1, "passed"));
    CheckDef other =
        TableDef.named("core.t")
            .sql("select 1 id")
            .column("id", "int")
            .check(CheckBuilder.anomaly("rows").named("volume").where("id > 1"))
            .build()
            .checks()
            .get(0);

    assertThat(history.isUnknown(TABLE, other)).isTrue();
    assertThat(history.of(TABLE, other, UUID.randomUUID()).baseline()).isEmpty();
  }

  @Test
  void whatTheTableToldOfTheTimeBeforeIsHistory() {
    Kept told =
        new Kept(
            point(1, 4, "passed").point(),
            CHECK.measured(),
            Optional.empty(),
            Optional.empty(),
            "passed",
            "snapshot",
            Optional.empty());
    history.record(NAMED, List.of(told));

    assertThat(values(of(UUID.randomUUID()).baseline())).containsExactly(4.0);
    assertThat(history.shown(NAMED)).extracting(Entry::kept).containsExactly(told);
  }

  @Test
  void judgingAnAttemptAgainTakesThePlaceOfItsPoints() {
    AttemptRecord attempt = published(point(1, 1, "failed"), point(2, 2, "passed"));
    history.record(attempt, TABLE, Map.of("volume", List.of(point(1, 1, "passed"))));

    assertThat(history.shown(NAMED)).hasSize(1);
    assertThat(values(of(UUID.randomUUID()).baseline())).containsExactly(1.0);
  }
}
