package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableName;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChunksTest {

  private static final IntervalDef MONTHS = new IntervalDef(IntervalUnit.MONTH, ZoneOffset.UTC);
  private static final Interval YEAR = Interval.parse("2013", MONTHS);
  private static final TableName TABLE = TableName.parse("core.t");

  private static Plan plan(Set<String> unready, String... todo) {
    Map<String, Reason> reasons = new LinkedHashMap<>();
    for (String unit : todo) {
      reasons.put(unit, Reason.missing());
    }
    return new Plan(
        List.of(), Map.of(TABLE, reasons), List.of(), Map.of(), unready, SourceFindings.none());
  }

  private static List<String> cut(Plan plan, int size) {
    return texts(Chunks.of(plan, YEAR, size, false));
  }

  private static List<String> texts(List<Chunks.Chunk> chunks) {
    return chunks.stream().map(c -> c.interval().label() + " " + c.units()).toList();
  }

  @Test
  void nothingToDoIsNoChunk() {
    assertThat(cut(plan(Set.of()), 3)).isEmpty();
    assertThat(cut(plan(Set.of(), "all"), 3)).as("of tables without intervals").isEmpty();
  }

  @Test
  void neighboursAreOneChunkUpToItsSize() {
    assertThat(cut(plan(Set.of(), "2013-01", "2013-02", "2013-03", "2013-04", "2013-05"), 2))
        .containsExactly("2013-01..2013-02 2", "2013-03..2013-04 2", "2013-05 1");
  }

  @Test
  void aChunkSpansWhatIsDoneButNeverMoreThanItsSize() {
    assertThat(cut(plan(Set.of(), "2013-02", "2013-04", "2013-05", "2013-12"), 4))
        .containsExactly("2013-02..2013-05 3", "2013-12 1");
  }

  @Test
  void whatIsRestatedHasNothingDoneInBetween() {
    Plan plan = plan(Set.of(), "2013-02", "2013-04", "2013-05");
    assertThat(texts(Chunks.of(plan, YEAR, 12, true)))
        .containsExactly("2013-02 1", "2013-04..2013-05 2");
  }

  @Test
  void whatHasNoFilesComesByItself() {
    Set<String> unready = Set.of("2013-02", "2013-05");
    assertThat(cut(plan(unready, "2013-01", "2013-03", "2013-04", "2013-05", "2013-06"), 12))
        .as("February is done, May can't be done")
        .containsExactly("2013-01 1", "2013-03..2013-04 2", "2013-05 1", "2013-06 1");
  }

  @Test
  void theLastOneIsTheNewestThatHasFiles() {
    assertThat(Chunks.last(plan(Set.of("2013-12")), YEAR))
        .contains(new Chunks.Chunk(Interval.parse("2013-11", MONTHS), 0));
  }
}
