package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that come late: a table by the day on which something happened, of arrivals of any day. */
class LookbackTest {

  private static final String DAYS =
      """
      columns: { day: { type: date }, n: { type: int } }
      partition_by: [day]
      write: { interval_column: day%s }
      """;
  private static final String WITHIN = " where day >= :interval_start and day < :interval_end";

  private TestProject project;

  @BeforeEach
  void open(@TempDir Path root) {
    project = new TestProject(root, "interval: { unit: day, zone: UTC }");
    project.lake().publish("create namespace src", "create table src.t (day date, n int)");
    project.model("core.day", DAYS.formatted(", lookback: 1"), "select day, n from src.t" + WITHIN);
    project.model("mart.day", DAYS.formatted(""), "select day, n from core.day" + WITHIN);
  }

  @AfterEach
  void close() {
    project.close();
  }

  private void arrives(int day, int n) {
    project.lake().publish("insert into src.t values (date '2013-01-%02d', %d)".formatted(day, n));
  }

  @Test
  void lateRowsOfTheDayBeforeComeInWithTheNextDayAndAlsoDownstream() {
    for (int day = 1; day <= 3; day++) {
      arrives(day, day);
    }
    run("2013-01-01..2013-01-02", "published");
    arrives(1, 11);
    arrives(2, 12);

    run("2013-01-03", "published");

    List<String> expected =
        List.of("2013-01-01 1", "2013-01-02 12", "2013-01-02 2", "2013-01-03 3");
    assertThat(project.lake("select * from core.day")).isEqualTo(expected);
    assertThat(project.lake("select * from mart.day")).isEqualTo(expected);
    assertThat(units("core.day"))
        .as("one query and one commit for both days")
        .containsExactly("2013-01-02..2013-01-03, 1 commits");
    assertThat(units("mart.day")).containsExactly("2013-01-02..2013-01-03, 1 commits");
  }

  @Test
  void nothingIsLookedBackOnWhenNothingIsToBeDoneOrNothingIsThere() {
    arrives(1, 1);
    run("2013-01-05", "published");
    assertThat(units("core.day")).containsExactly("2013-01-05..2013-01-05, 1 commits");

    run("2013-01-05", "nothing_to_do");
  }

  /** The units of the newest run of a table. */
  private List<String> units(String table) {
    return project.ledger(
        """
        SELECT min(unit) || '..' || max(unit) || ', ' || cardinality(snapshots) || ' commits'
          FROM afp.step s JOIN afp.step_unit USING (run_id, attempt, table_namespace, table_name)
         WHERE table_namespace || '.' || table_name = '%s' AND phase = 'transform'
         GROUP BY run_id, snapshots, started_at ORDER BY started_at DESC LIMIT 1
        """
            .formatted(table));
  }

  private void run(String interval, String outcome, String... more) {
    String[] all =
        Stream.concat(Stream.of("--interval", interval), Stream.of(more)).toArray(String[]::new);
    JsonNode report = project.run(List.of(Phase.TRANSFORM), all);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo(outcome);
  }
}
