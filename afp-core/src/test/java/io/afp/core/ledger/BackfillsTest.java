package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class BackfillsTest {

  private static final TableName TABLE = TableName.parse("core.a");
  private static final Interval MONTHS =
      Interval.parse("2013-01..2013-04", new IntervalDef(IntervalUnit.MONTH, ZoneOffset.UTC));
  private static final Backfills.Request REQUEST =
      new Backfills.Request("flights", "2013..now", true);

  @Test
  void oneThatDidNotEndIsFoundByWhatItAskedFor(TestLake lake) {
    Backfills backfills = new Backfills(lake.database());
    assertThat(backfills.unfinished(REQUEST)).isEmpty();
    UUID id = backfills.begin(REQUEST, 7);

    assertThat(backfills.unfinished(REQUEST))
        .hasValueSatisfying(
            entry -> {
              assertThat(entry.id()).isEqualTo(id);
              assertThat(entry.release()).isEqualTo(7);
            });
    assertThat(backfills.unfinished(new Backfills.Request("flights", "2013..now", false)))
        .isEmpty();
    assertThat(backfills.unfinished(new Backfills.Request("flights", "2014..now", true))).isEmpty();
    backfills.end(id);
    assertThat(backfills.unfinished(REQUEST)).isEmpty();
  }

  @Test
  void theNewestReleaseIsNoneBeforeTheFirst(TestLake lake) {
    Backfills backfills = new Backfills(lake.database());
    assertThat(backfills.newestRelease()).isZero();
    long release = lake.publish("create namespace a", "create table a.b (id int) using iceberg");
    assertThat(backfills.newestRelease()).isEqualTo(release);
  }

  @Test
  void aUnitOfATableTakesWhatItTookInTheStepsThatFilledIt(TestLake lake) {
    LedgerRows ledger = new LedgerRows(lake);
    for (int steps = 0; steps < 2; steps++) {
      ledger.step(ledger.attempt("flights"), TABLE, units(), Set.of(), Set.of(TABLE));
    }
    ledger.step(ledger.attempt("weather"), TABLE, units(), Set.of(), Set.of(TABLE));
    lake.database()
        .useTransaction(
            handle ->
                handle.execute(
                    """
                    UPDATE afp.step SET finished_at = started_at + CASE WHEN run_id IN
                      (SELECT id FROM afp.run WHERE pipeline = 'flights') THEN interval '6 s' ELSE interval '1 h' END
                    """));

    assertThat(new StepTimes(lake.database()).perUnit("flights"))
        .isEqualTo(Map.of(TABLE, Duration.ofMillis(1500)));
    assertThat(new StepTimes(lake.database()).perUnit("trains")).isEmpty();
  }

  private static List<StepUnit> units() {
    return MONTHS.units().stream().map(m -> new StepUnit(Unit.of(m), "hash", List.of())).toList();
  }
}
