package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.CheckHistory.Acknowledgement;
import io.afp.core.ledger.CheckHistory.Entry;
import io.afp.core.ledger.CheckHistory.Kept;
import io.afp.core.measure.Bounds;
import io.afp.core.measure.Point;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesPlotTest {

  private static Entry entry(int day, double value, String status, Bounds bounds) {
    LocalDate date = LocalDate.of(2024, 1, 1).plusDays(day);
    return new Entry(
        day,
        new Kept(
            new Point(date.toString(), date.atStartOfDay(), value),
            "rows",
            Optional.ofNullable(bounds),
            Optional.empty(),
            status,
            "write",
            Optional.empty()),
        Optional.empty(),
        true,
        Optional.empty());
  }

  @Test
  void pointsLieAmongTheirBounds() {
    Bounds bounds = new Bounds(80, 100, 120);
    Entry right = entry(3, 65, "failed", bounds);
    List<Entry> entries =
        List.of(
            entry(0, 100, "learning", null),
            entry(1, 110, "passed", bounds),
            entry(2, 10, "failed", bounds),
            new Entry(
                4,
                right.kept(),
                right.run(),
                true,
                Optional.of(new Acknowledgement(false, "storm", "ada", Instant.EPOCH))));

    assertThat(SeriesPlot.of(entries, 30).lines().toList())
        .containsExactly(
            "120 |      ------------------",
            "    |         o",
            "    |   .",
            "    |",
            "    |      ------------------",
            "    |",
            " 65 |                     a",
            "    |",
            "    |",
            "    |",
            "    |",
            "    |",
            " 10 |               x",
            "    +------------------------",
            "     2024-01-01    2024-01-04",
            "o usual   x unusual   a acknowledged   . not judged by history   - bounds");
  }

  @Test
  void ofMorePointsThanThereIsRoomForTheNewestAreShown() {
    List<Entry> entries =
        IntStream.range(0, 300).mapToObj(day -> entry(day, day, "passed", null)).toList();

    List<String> lines = SeriesPlot.of(entries, 60).lines().toList();

    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(lines.get(0)).startsWith("  299 |").hasSizeLessThanOrEqualTo(60);
    assertThat(lines.get(14)).endsWith(entries.get(299).kept().point().unit());
  }

  @Test
  void aSeriesThatNeverChangesHasALineInTheMiddle() {
    List<Entry> entries = new ArrayList<>();
    IntStream.range(0, 3).forEach(day -> entries.add(entry(day, 0, "passed", null)));

    assertThat(SeriesPlot.of(entries, 60)).contains(" .     .     .");
    assertThat(SeriesPlot.of(List.of())).isEmpty();
  }
}
