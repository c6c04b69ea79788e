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

/** The job of one layer that is done again with the same run key, before its run has published. */
class KeyedJobTest {

  private static final String REPLACED =
      """
      from: { files: "a.csv", format: csv }
      columns: { id: { type: int, required: true } }
      """;

  private TestProject project;

  @BeforeEach
  void open(@TempDir Path root) {
    project = new TestProject(root, "interval: { unit: month, zone: UTC }");
    for (String table : List.of("a", "b")) {
      project.table(
          "raw." + table,
          """
          from: { files: "%s.csv", format: csv }
          columns: { id: { type: int, required: true } }
          write: { mode: append }
          rejects: { at_most: 100%% }
          """
              .formatted(table));
      file(table, "1", "x");
    }
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void aChangedFileIsLoadedInsteadOfTheFirstAndTheOtherTableIsTakenOver() {
    ended("handed_over", Phase.INGEST);
    file("a", "2", "3", "y");
    ended("handed_over", Phase.INGEST);
    ended("published", Phase.QUALITY);

    assertThat(project.lake("select * from raw.a")).containsExactly("2", "3");
    assertThat(project.lake("select record from raw.a__rejects")).containsExactly("{\"id\":\"y\"}");
    assertThat(project.lake("select * from raw.b")).containsExactly("1");
    assertThat(attempts("a")).containsExactly("1", "2");
    assertThat(attempts("b")).containsExactly("1", "2 from 1");
    assertThat(project.ledger("SELECT table_name FROM afp.schema_version ORDER BY table_name"))
        .as("what was found in the columns is taken over, too")
        .containsExactly("a", "b");
    assertThat(
            project.ledger(
                "SELECT table_name FROM afp.step WHERE attempt = 2 AND phase = 'ingest' ORDER BY position"))
        .as("in the order of the plan")
        .containsExactly("a", "b");
  }

  @Test
  void theSameFilesAreNotLoadedAgain() {
    ended("handed_over", Phase.INGEST);
    ended("handed_over", Phase.INGEST);
    ended("published", Phase.QUALITY);

    assertThat(project.lake("select * from raw.a")).containsExactly("1");
    assertThat(attempts("a")).containsExactly("1");
  }

  @Test
  void aFileThatIsAgainAsItIsOnMainLeavesNothingOfTheOther() {
    project.table("raw.a", REPLACED);
    file("a", "1");
    project.run(List.of(Phase.values()), "--interval", "2024-01");
    file("a", "2");
    ended("handed_over", Phase.INGEST);
    file("a", "1");
    ended("handed_over", Phase.INGEST);
    ended("published", Phase.QUALITY);

    assertThat(project.lake("select * from raw.a")).containsExactly("1");
    assertThat(project.ledger("select distinct state from afp.run")).containsExactly("succeeded");
    assertThat(project.ledger("select name from afp.branch where state in ('open', 'fenced')"))
        .isEmpty();
  }

  private void file(String table, String... ids) {
    project.file("p/" + table + ".csv", "id\n" + String.join("\n", ids) + "\n");
  }

  /** The attempts in which a table was loaded. */
  private List<String> attempts(String table) {
    return project.ledger(
        """
        SELECT attempt || coalesce(' from ' || taken_over_from, '') FROM afp.step
         WHERE phase = 'ingest' AND state = 'finished' AND table_name = '%s' ORDER BY attempt
        """
            .formatted(table));
  }

  private void ended(String outcome, Phase phase) {
    JsonNode report = project.run(List.of(phase), "--interval", "2024-01", "--run-key", "k");
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo(outcome);
  }
}
