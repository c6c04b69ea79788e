package io.afp.core.lake;

import static io.afp.core.lake.Writing.months;
import static io.afp.core.lake.Writing.replaced;
import static io.afp.core.lake.Writing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Metric;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class MeasuredWriteTest {

  private static final String[] ROWS = {"2013-01-05 1", "2013-01-06 2", "2013-01-07 3"};

  private Writing lake;

  @BeforeEach
  void aBranch(TestLake given) {
    lake = new Writing(given);
  }

  @Test
  void whatIsMeasuredInTheWriteEqualsAScan() {
    TableWriter.Result result = lake.write(replaced(), months("2013-01"), ROWS);
    assertThat(result.origin()).isEqualTo("write");
    rightNumbers(result);
    assertThat(result.written().rows()).isEqualTo(3);
    assertThat(result.written().bytes()).isPositive();
    assertThat(result.written().snapshotId())
        .isEqualTo(lake.iceberg().currentSnapshot().snapshotId());
  }

  @Test
  void onlyTheWrittenRowsAreMeasured() {
    lake.write(replaced(), months("2013-02"), "2013-02-05 9");
    rightNumbers(lake.write(replaced(), months("2013-01"), ROWS));
  }

  @Test
  void aShuffleBelowTheMeasurementDoesNotDisturbIt() {
    TableWriter.Result result =
        lake.write(
            replaced(),
            months("2013-01"),
            lake.rows(ROWS).repartitionByRange(functions.col("id")).sort("id"));
    assertThat(result.origin()).isEqualTo("write");
    rightNumbers(result);
  }

  @Test
  void sortingOverAllFilesDoesNotDisturbItEither() {
    TableDef sorted = table().replaceIntervals("day").sortBy("id").distribution("range").build();
    TableWriter.Result result = lake.write(sorted, months("2013-01"), ROWS);
    assertThat(result.origin())
        .as("rows are sampled before they are sorted, and that is below the measurement")
        .isEqualTo("write");
    rightNumbers(result);
  }

  @Test
  void aMeasurementOfAnotherNumberOfRowsIsThrownAway() {
    MeasuredRows measured = Writing.measured(replaced(), months("2013-01"), lake.rows(ROWS));
    measured.rows().write().format("noop").mode("overwrite").save();
    assertThat(measured.observed(new Written(3, 0, 1, 0))).isPresent();
    assertThat(measured.observed(new Written(2, 0, 1, 0))).isEmpty();
  }

  @Test
  void whatIsMeasuredAgainIsTheSame() {
    lake.write(replaced(), months("2013-02"), "2013-02-05 9");
    Written written = lake.write(replaced(), months("2013-01"), ROWS).written();
    assertThat(numbers(lake.again(replaced(), months("2013-01"), written)))
        .containsExactly("rows 3/3", "big 2/3");
  }

  @Test
  void metricsOfNoRowsAreZero() {
    assertThat(numbers(lake.write(replaced(), months("2013-01"))))
        .as("where Spark knows beforehand that there are none, it measures nothing")
        .containsExactly("rows 0/0", "big 0/0");
  }

  private static void rightNumbers(TableWriter.Result result) {
    assertThat(numbers(result)).containsExactly("rows 3/3", "big 2/3");
  }

  private static List<String> numbers(TableWriter.Result result) {
    return numbers(result.metrics());
  }

  private static List<String> numbers(List<Metric> metrics) {
    return metrics.stream()
        .map(m -> "%s %d/%d".formatted(m.name(), m.matches(), m.judged()))
        .toList();
  }
}
