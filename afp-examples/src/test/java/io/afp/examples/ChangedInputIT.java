package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that changed is noticed, and its interval alone is done again. */
@Tag("long")
class ChangedInputIT {

  @Test
  void aChangedRowMovesItsMonthOnly(@TempDir Path folder) {
    try (ProjectCopy project = ProjectCopy.withPostgres(folder)) {
      Ledger ledger = new Ledger(project);
      project.edit("2013-01", lines -> lines.subList(0, 500));
      project.edit("2013-02", lines -> lines.subList(0, 500));
      new Here(project).run("2013-01..2013-02").succeeded();
      List<String> airlines = ledger.done("raw.airlines");

      project.edit("2013-02", lines -> renumbered(lines, 7));
      new Here(project).run("2013-01..2013-02").succeeded();

      for (String table : List.of("raw.flights", "core.flight", "mart.carrier_day")) {
        assertThat(ledger.done(table)).as(table).containsExactly("2013-01 by 1", "2013-02 by 2");
      }
      assertThat(ledger.done("raw.airlines")).isEqualTo(airlines);
      Lake lake = new Lake(project);
      assertThat(lake.rows("SELECT count(*) FROM raw.flights")).containsExactly("[998]");
      assertThat(lake.rows("SELECT count(*) FROM core.flight WHERE flight = 7777"))
          .containsExactly("[1]");
    }
  }

  /** The row with another number of its flight. */
  private static List<String> renumbered(List<String> lines, int row) {
    int column = List.of(lines.get(0).split(",")).indexOf("flight");
    return IntStream.range(0, lines.size())
        .mapToObj(i -> i == row ? with(lines.get(i), column, "7777") : lines.get(i))
        .toList();
  }

  private static String with(String line, int column, String value) {
    String[] values = line.split(",", -1);
    values[column] = value;
    return String.join(",", values);
  }
}
