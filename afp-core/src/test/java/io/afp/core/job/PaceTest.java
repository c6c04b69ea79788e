package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.job.Chunks.Chunk;
import io.afp.core.ledger.StepUnit;
import io.afp.core.spi.Inputs;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final IntervalDef MONTHS = new IntervalDef(IntervalUnit.MONTH, ZoneOffset.UTC);
  private static final Chunk HALF = new Chunk(Interval.parse("2013-01..2013-06", MONTHS), 6);
  private static final Chunk REST = new Chunk(Interval.parse("2013-07..2013-09", MONTHS), 3);
  private static final TableDef MONTHLY =
      TableDef.named("core.monthly")
          .column("day", "date")
          .partitionBy("month(day)")
          .replaceIntervals("day")
          .sql("select 1")
          .build();
  private static final TableDef WHOLE =
      TableDef.named("core.whole").column("day", "date").sql("select 1").build();
  private static final Plan PLAN =
      new Plan(
          List.of(step(MONTHLY, 9), step(WHOLE, 1)),
          Map.of(),
          List.of(),
          Map.of(),
          Set.of(),
          SourceFindings.none());

  private static Plan.Step step(TableDef table, int units) {
    List<StepUnit> all =
        HALF.interval().in(MONTHS).units().get(0).before(units).stream()
            .map(unit -> new StepUnit(Unit.of(unit), "", List.of()))
            .toList();
    return new Plan.Step(table, null, Inputs.ofTables(Set.of()), all, Plan.Way.USUAL);
  }

  private static Pace pace(Map<TableName, Duration> perUnit) {
    return new Pace(PLAN, List.of(HALF, REST), perUnit);
  }

  @Test
  void isUnknownWhereATableHasNeverRun() {
    Pace pace = pace(Map.of(MONTHLY.name(), Duration.ofSeconds(2)));
    assertThat(pace.left()).isEmpty();
    assertThat(pace.text()).isEqualTo("time left unknown");
  }

  @Test
  void isThatOfEarlierRunsBeforeTheFirstChunk() {
    Pace pace =
        pace(Map.of(MONTHLY.name(), Duration.ofSeconds(2), WHOLE.name(), Duration.ofSeconds(5)));
    assertThat(pace.left())
        .as("nine months, and the whole table once a chunk")
        .contains(Duration.ofSeconds(9 * 2 + 2 * 5));
    assertThat(pace.text()).isEqualTo("about 28 s left, by earlier runs");
  }

  @Test
  void isThatOfTheChunksThatAreDone() {
    Pace pace = pace(Map.of());
    pace.ended(HALF, Duration.ofMinutes(10));
    assertThat(pace.left()).as("half as many months").contains(Duration.ofMinutes(5));
    assertThat(pace.text()).isEqualTo("about 5 min left");
    pace.ended(REST, Duration.ofMinutes(1));
    assertThat(pace.left()).contains(Duration.ZERO);
  }

  @Test
  void isRoundedAsMuchAsItIsUnsure() {
    assertThat(textAfter(Duration.ofMillis(100))).isEqualTo("about 1 s left");
    assertThat(textAfter(Duration.ofSeconds(178))).isEqualTo("about 89 s left");
    assertThat(textAfter(Duration.ofMinutes(170))).isEqualTo("about 85 min left");
    assertThat(textAfter(Duration.ofHours(7))).isEqualTo("about 4 h left");
  }

  /** When as much is left as half of what is done. */
  private static String textAfter(Duration took) {
    Pace pace = pace(Map.of());
    pace.ended(HALF, took);
    return pace.text();
  }
}
