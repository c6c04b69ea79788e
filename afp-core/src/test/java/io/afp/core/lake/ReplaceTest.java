package io.afp.core.lake;

import static io.afp.core.lake.Writing.months;
import static io.afp.core.lake.Writing.replaced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.TableDef;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LakeExtension.class)
class ReplaceTest {

  private Writing lake;

  @BeforeEach
  void aBranch(TestLake given) {
    lake = new Writing(given);
  }

  @Test
  void twiceIsOnce() {
    lake.write(replaced(), months("2013-01"), "2013-01-05 1", "2013-01-31 2");
    lake.write(replaced(), months("2013-02"), "2013-02-01 3");
    lake.write(replaced(), months("2013-01"), "2013-01-05 1", "2013-01-31 2");
    assertThat(lake.read()).containsExactly("2013-01-05 1", "2013-01-31 2", "2013-02-01 3");
  }

  @Test
  void onlyTheRangeIsReplaced() {
    lake.write(replaced(), months("2013"), "2013-01-05 1", "2013-02-05 2", "2013-03-05 3");
    lake.write(replaced(), months("2013-02"), "2013-02-07 7");
    assertThat(lake.read()).containsExactly("2013-01-05 1", "2013-02-07 7", "2013-03-05 3");
  }

  @Test
  void emptyInputEmptiesTheRange() {
    lake.write(replaced(), months("2013"), "2013-01-05 1", "2013-02-05 2");
    assertThat(lake.write(replaced(), months("2013-02")).written().rows()).isZero();
    assertThat(lake.read()).containsExactly("2013-01-05 1");
  }

  @Test
  void emptyInputIsACommitAlsoOfAnEmptyTable() {
    assertThat(lake.write(replaced(), months("2013-02")).written().rows()).isZero();
    assertThat(lake.iceberg().currentSnapshot().summary()).containsEntry("afp.interval", "2013-02");
  }

  @Test
  void duplicatesOfTheInputAreKept() {
    lake.write(replaced(), months("2013-01"), "2013-01-05 1", "2013-01-05 1");
    assertThat(lake.read()).containsExactly("2013-01-05 1", "2013-01-05 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2012-12-31 1", "2013-02-01 1"})
  void rowsOutsideTheRangeAreRefused(String row) {
    assertThatThrownBy(() -> lake.write(replaced(), months("2013-01"), "2013-01-01 1", row))
        .hasMessageContaining(
            "rows lie outside the interval of the run (rows=1, interval=2013-01, column=day)");
  }

  @Test
  void rowsWithoutATimeAreRefused() {
    assertThatThrownBy(
            () ->
                lake.write(
                    replaced(),
                    months("2013-01"),
                    lake.session().sql("SELECT date(NULL) day, 1 id")))
        .hasMessageContaining("(rows=1, interval=2013-01, column=day)");
  }

  @Test
  void rowsOutsideTheRangeAreRefusedAlsoWhenTheMeasurementCannotBeBelieved() {
    TableWriter.Result result = lake.write(replaced(), months("2013-01"), "2013-01-05 1");
    Written more = new Written(2, 0, 1, result.written().snapshotId());
    assertThatThrownBy(() -> lake.again(replaced(), months("2013-01"), more))
        .hasMessageContaining("(rows=1, interval=2013-01, column=day)");
  }

  @Test
  void withoutIntervalsTheWholeTableIsReplaced() {
    TableDef whole = Writing.table().build();
    lake.write(whole, Optional.empty(), "2013-01-05 1", "2014-01-05 2");
    lake.write(whole, Optional.empty(), "2015-01-05 3");
    assertThat(lake.read()).containsExactly("2015-01-05 3");
    lake.write(whole, Optional.empty());
    assertThat(lake.read()).isEmpty();
  }

  @Test
  void theSnapshotSaysWhichRunAndIntervalMadeIt() {
    lake.write(replaced(), months("2013-01..2013-02"), "2013-01-05 1");
    assertThat(lake.iceberg().currentSnapshot().summary())
        .containsEntry("afp.run-id", "r1")
        .containsEntry("afp.interval", "2013-01..2013-02");
  }

  @Test
  void columnsMayComeInAnyOrder() {
    lake.write(
        replaced(),
        months("2013-01"),
        lake.session().sql("SELECT 1 id, DATE '2013-01-05' day, 'x' more"));
    assertThat(lake.read()).containsExactly("2013-01-05 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "timestamp_ntz"})
  void intervalsOfTimestampsEndBeforeTheNextOne(String type) {
    TableDef table =
        TableDef.named("core.a")
            .sql("SELECT 1")
            .column("day", type)
            .column("id", "int")
            .partitionBy("month(day)")
            .replaceIntervals("day")
            .build();
    String rows = "SELECT %s'2013-01-31 23:59:59.999999' day, %d id";
    lake.write(table, months("2013-01"), lake.session().sql(rows.formatted(type, 1)));
    lake.write(
        table,
        months("2013-02"),
        lake.session().sql("SELECT %s'2013-02-01 00:00:00' day, 2 id".formatted(type)));
    lake.write(table, months("2013-01"), lake.session().sql(rows.formatted(type, 3)));
    assertThat(lake.read())
        .containsExactly("2013-01-31 23:59:59.999999 3", "2013-02-01 00:00:00 2");
    assertThatThrownBy(
            () -> lake.write(table, months("2013-02"), lake.session().sql(rows.formatted(type, 1))))
        .hasMessageContaining("(rows=1, interval=2013-02, column=day)");
  }
}
