package io.afp.core.lake;

import static io.afp.core.lake.Writing.months;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.ledger.Metric;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class AppendTest {

  private static final TableDef REFUSED = Writing.table().appendIntervals("day").build();
  private static final TableDef REPLACED =
      Writing.table().appendIntervals("day").replaceOnRerun().build();
  private static final TableDef PLAIN = Writing.table().append().build();

  private Writing lake;

  @BeforeEach
  void aBranch(TestLake given) {
    lake = new Writing(given);
  }

  @Test
  void anIntervalThatIsThereIsRefused() {
    lake.write(REFUSED, months("2013-01"), "2013-01-05 1");
    lake.write(REFUSED, months("2013-02"), "2013-02-05 2");
    assertThatThrownBy(() -> lake.write(REFUSED, months("2013-01"), "2013-01-06 3"))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code().code()).isEqualTo("AFP-LAKE-005"))
        .hasMessageContaining("it has rows of the interval already (interval=2013-01)");
    assertThat(lake.read()).containsExactly("2013-01-05 1", "2013-02-05 2");
  }

  @Test
  void anIntervalThatIsThereIsReplacedWhereThatIsDeclared() {
    lake.write(REPLACED, months("2013-01"), "2013-01-05 1", "2013-01-05 1");
    lake.write(REPLACED, months("2013-02"), "2013-02-05 2");
    lake.write(REPLACED, months("2013-01"), "2013-01-06 3");
    assertThat(lake.read()).containsExactly("2013-01-06 3", "2013-02-05 2");
  }

  @Test
  void emptyInputAddsNothing() {
    lake.write(REFUSED, months("2013-01"), "2013-01-05 1");
    assertThat(lake.write(REFUSED, months("2013-02")).written().rows()).isZero();
    assertThat(lake.read()).containsExactly("2013-01-05 1");
  }

  @Test
  void rowsOutsideTheIntervalAreRefused() {
    assertThatThrownBy(() -> lake.write(REFUSED, months("2013-01"), "2013-02-01 1"))
        .hasMessageContaining("(rows=1, interval=2013-01, column=day)");
  }

  @Test
  void withoutIntervalsRowsAreAddedEachTime() {
    lake.write(PLAIN, Optional.empty(), "2013-01-05 1");
    lake.write(PLAIN, Optional.empty(), "2013-01-05 1");
    assertThat(lake.read()).containsExactly("2013-01-05 1", "2013-01-05 1");
  }

  @Test
  void metricsAreOfTheAddedRowsAlsoWhenTheyAreScanned() {
    lake.write(PLAIN, Optional.empty(), "2013-01-05 5", "2013-01-05 6");
    TableWriter.Result result = lake.write(PLAIN, Optional.empty(), "2013-01-05 1", "2013-01-06 7");
    List<Metric> again = lake.again(PLAIN, Optional.empty(), result.written());
    assertThat(again).isEqualTo(result.metrics());
    assertThat(again)
        .extracting(m -> m.name() + m.matches() + m.judged())
        .containsExactly("rows22", "big12");
  }

  @Test
  void whatASnapshotAddedIsFoundAgain() {
    long first = lake.write(PLAIN, Optional.empty(), "2013-01-05 1").written().snapshotId();
    long second = lake.write(PLAIN, Optional.empty(), "2013-01-05 2").written().snapshotId();
    assertThat(added(List.of(first))).containsExactly(1);
    assertThat(added(List.of(second))).containsExactly(2);
    assertThat(added(List.of(first, second))).containsExactly(1, 2);
  }

  private List<Integer> added(List<Long> snapshots) {
    return new WrittenRows(lake.session(), PLAIN)
        .of(List.of(Optional.empty()), snapshots).orderBy("id").collectAsList().stream()
            .map((Row row) -> row.getInt(1))
            .toList();
  }
}
