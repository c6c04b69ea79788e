package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loaded rows say where they come from, in the words of the ledger. */
class MetadataColumnsJobTest {

  private static final String TABLE =
      """
      from: { files: "data in/${interval:yyyy-MM} *.csv", format: csv }
      columns:
        id:  { type: int, required: true }
        day: { type: date, required: true }
      metadata: { run_id: _afp_run_id, ingested_at: loaded_at, source: _afp_source }
      partition_by: [month(day), _afp_source]
      write: { interval_column: day }
      rejects: { at_most: 50% }
      checks: [ { name: known, sql: "_afp_source like 'data in/%' and loaded_at is not null" } ]
      """;

  private TestProject project;

  @BeforeEach
  void open(@TempDir Path root) {
    project =
        new TestProject(root.resolve("my prójekt {x}"), "interval: { unit: month, zone: UTC }")
            .table("raw.t", TABLE);
    month("2024-01 ä.csv", "1,2024-01-31", "x,2024-01-31");
    month("2024-01 [b] %20.csv", "2,2024-01-01");
    month("2024-02 c.csv", "3,2024-02-01");
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void theyNameRunAttemptAndFileAsTheLedgerDoes() {
    run("--interval", "2024-01..2024-02");

    assertThat(project.lake("select id, _afp_source from raw.t"))
        .containsExactly(
            "1 data in/2024-01 ä.csv", "2 data in/2024-01 [b] %20.csv", "3 data in/2024-02 c.csv");
    assertThat(project.lake("select distinct _afp_source from raw.t"))
        .containsExactlyInAnyOrderElementsOf(project.ledger("select path from afp.loaded_file"));
    assertThat(project.lake("select distinct _afp_run_id, unix_micros(loaded_at) from raw.t"))
        .isEqualTo(
            project.ledger(
                "select run_id || ' ' || (extract(epoch from started_at) * 1000000)::bigint from afp.attempt"));
  }

  @Test
  void aRunThatHasNothingToDoLeavesThemAndOneThatRestatesWritesItsOwn() {
    run("--interval", "2024-01..2024-02");
    assertThat(outcome("--interval", "2024-01..2024-02")).isEqualTo("nothing_to_do");
    run("--interval", "2024-02", "--restate");

    assertThat(project.lake("select count(distinct _afp_run_id), count(*) from raw.t"))
        .containsExactly("2 3");
    assertThat(project.lake("select id from raw.t where _afp_run_id = " + newestRun()))
        .containsExactly("3");
  }

  @Test
  void aColumnThatIsDeclaredLaterIsFilledByTheRunsThatItMakesDue() {
    project.table("raw.t", without());
    run("--interval", "2024-01..2024-02");
    project.table("raw.t", without().replace("write:", "metadata: { source: file }\nwrite:"));
    run("--interval", "2024-01..2024-02");

    assertThat(project.lake("select id, file from raw.t"))
        .containsExactly(
            "1 data in/2024-01 ä.csv", "2 data in/2024-01 [b] %20.csv", "3 data in/2024-02 c.csv");
  }

  private static String without() {
    return TABLE
        .replaceAll("metadata:.*\n|checks:.*\n", "")
        .replace("partition_by: [month(day), _afp_source]", "partition_by: [month(day)]");
  }

  private String newestRun() {
    return "'"
        + project.ledger("select id from afp.run order by created_at desc limit 1").get(0)
        + "'";
  }

  private void run(String... arguments) {
    assertThat(outcome(arguments)).isEqualTo("published");
  }

  private String outcome(String... arguments) {
    JsonNode report = project.run(List.of(Phase.values()), arguments);
    return report.get("outcome").asText();
  }

  private void month(String name, String... lines) {
    project.file("p/data in/" + name, "id,day\n" + String.join("\n", lines) + "\n");
  }
}
