package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looking back in each mode that replace is not, and over a day that has no 24 hours. */
class LookbackModesTest {

  private static final String WITHIN = " where at >= :interval_start and at < :interval_end";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "upsert, as_of: at; key: [k]; 1 2013-01-02 b|2 2013-01-01 late",
        "scd2, as_of: at; key: [k]; 1 2013-01-01 a false|1 2013-01-02 b true|2 2013-01-01 late true",
        "snapshot; key: [k]; 1 2013-01-01 a false|1 2013-01-02 b true|2 2013-01-01 late false",
        "append, on_rerun: replace; partition_by: [at]; 1 2013-01-01 a|1 2013-01-02 b|2 2013-01-01 late"
      })
  void theLateRowsAreTakenIn(String mode, String more, String expected, @TempDir Path root) {
    String days = "interval: { unit: day, zone: UTC }";
    try (TestProject project = new TestProject(root, days)) {
      project
          .lake()
          .publish("create namespace src", "create table src.t (k int, at date, v string)");
      project.model(
          "core.t",
          """
          columns: { k: { type: int, required: true }, at: { type: date, required: true }, v: { type: string } }
          write: { interval_column: at, lookback: 1, mode: %s }
          %s
          """
              .formatted(mode, more),
          "select k, at, v from src.t" + WITHIN);
      project.lake().publish("insert into src.t values (1, date '2013-01-01', 'a')");
      run(project, "2013-01-01", "published");
      project
          .lake()
          .publish(
              "insert into src.t values (1, date '2013-01-02', 'b'), (2, date '2013-01-01', 'late')");
      run(project, "2013-01-02", "published");
      run(project, "2013-01-02", "nothing_to_do");

      boolean history = expected.contains("true");
      String columns = history ? "k, valid_from, v, is_current" : "k, at, v";
      assertThat(project.lake("select %s from core.t".formatted(columns)))
          .containsExactly(expected.split("\\|"));
    }
  }

  @Test
  void theDayBeforeTheFirstOfAprilHas23HoursInBerlin(@TempDir Path root) {
    String days = "interval: { unit: day, zone: Europe/Berlin }";
    try (TestProject project = new TestProject(root, days)) {
      project.lake().publish("create namespace src", "create table src.t (at timestamp)");
      project.model(
          "core.t",
          """
          columns: { at: { type: timestamp } }
          partition_by: [hour(at)]
          write: { interval_column: at, lookback: 1 }
          """,
          "select at from src.t" + WITHIN);
      run(project, "2024-03-30..2024-03-31", "published");
      project
          .lake()
          .publish(
              "insert into src.t values (timestamp '2024-03-30T22:59:59Z'),"
                  + " (timestamp '2024-03-30T23:00:00Z'), (timestamp '2024-03-31T21:59:59Z'),"
                  + " (timestamp '2024-03-31T22:00:00Z'), (timestamp '2024-04-01T22:00:00Z')");

      run(project, "2024-04-01", "published");

      assertThat(
              project.lake(
                  "select date_format(to_utc_timestamp(at, current_timezone()), 'dd HH:mm:ss') from core.t"))
          .as("the 31st of March and the 1st of April, by the clock of Berlin")
          .containsExactly("30 23:00:00", "31 21:59:59", "31 22:00:00");
    }
  }

  private static void run(TestProject project, String interval, String outcome) {
    JsonNode report = project.run(List.of(Phase.TRANSFORM), "--interval", interval);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo(outcome);
  }
}
