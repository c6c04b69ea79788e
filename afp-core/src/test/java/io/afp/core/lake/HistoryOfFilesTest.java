package io.afp.core.lake;

import static io.afp.core.lake.Writing.months;
import static io.afp.core.lake.Writing.replaced;
import static io.afp.core.lake.Writing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.AnomalyDef.Quantity;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableDef;
import io.afp.core.measure.Point;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What files tell of the time before there was a check. */
@ExtendWith(LakeExtension.class)
class HistoryOfFilesTest {

  private static final Optional<IntervalDef> MONTHS =
      Optional.of(new IntervalDef(IntervalUnit.MONTH, ZoneOffset.UTC));

  private Writing writing;

  @BeforeEach
  void open(TestLake lake) {
    writing = new Writing(lake);
    writing.session().sql("CREATE NAMESPACE core");
  }

  private List<String> told(TableDef table, Quantity of, Optional<IntervalDef> calendar) {
    Optional<String> column = of == Quantity.ROWS ? Optional.empty() : Optional.of("id");
    return new HistoryOfFiles(table, writing.iceberg(), ZoneOffset.UTC)
        .points(of, column, calendar, List.of()).stream().map(HistoryOfFilesTest::text).toList();
  }

  private static String text(Point point) {
    return "%s %s".formatted(point.unit(), point.value());
  }

  @Test
  void unitsOfOneCommitAreToldByTheirPartitions() {
    TableDef table = replaced();
    writing.write(
        table, months("2013-01..2013-03"), "2013-01-05 7", "2013-01-06 -2", "2013-03-01 9");
    writing.write(table, months("2013-03"), "2013-03-01 1", "2013-03-02 4", "2013-03-03 2");
    writing.session().sql("INSERT INTO core.a VALUES (date'2013-01-09', null)");

    assertThat(told(table, Quantity.ROWS, MONTHS)).containsExactly("2013-01 3.0", "2013-03 3.0");
    assertThat(told(table, Quantity.MIN, MONTHS)).containsExactly("2013-01 -2.0", "2013-03 1.0");
    assertThat(told(table, Quantity.MAX, MONTHS)).containsExactly("2013-01 7.0", "2013-03 4.0");
    assertThat(told(table, Quantity.COMPLETENESS, MONTHS))
        .containsExactly("2013-01 " + 2.0 / 3, "2013-03 1.0");
    assertThat(told(table, Quantity.MEAN, MONTHS)).as("files have none").isEmpty();
  }

  @Test
  void filesThatAreNotOfOneUnitTellNothing() {
    TableDef byMonth = table().appendIntervals("day").build();
    writing.write(byMonth, months("2013-01"), "2013-01-05 7");

    IntervalDef days = new IntervalDef(IntervalUnit.DAY, ZoneOffset.UTC);
    assertThat(told(byMonth, Quantity.ROWS, Optional.of(days))).isEmpty();
    IntervalDef years = new IntervalDef(IntervalUnit.YEAR, ZoneOffset.UTC);
    assertThat(told(byMonth, Quantity.ROWS, Optional.of(years))).containsExactly("2013 1.0");
  }

  @Test
  void withoutIntervalsEachCommitIsAPoint() {
    TableDef whole = table().build();
    writing.write(whole, Optional.empty(), "2013-01-05 7", "2013-02-05 7");
    writing.write(whole, Optional.empty(), "2013-01-05 7");
    long last = writing.iceberg().currentSnapshot().snapshotId();

    assertThat(told(whole, Quantity.ROWS, Optional.empty())).containsExactly(" 2.0", " 1.0");
    assertThat(
            new HistoryOfFiles(whole, writing.iceberg(), ZoneOffset.UTC)
                .points(Quantity.ROWS, Optional.empty(), Optional.empty(), List.of(last)))
        .as("but for the one that is judged")
        .extracting(Point::value)
        .containsExactly(2.0);
  }
}
