package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of what the columns of a source become, by the job itself. */
abstract class SourceColumnsTests {

  @TempDir Path root;

  TestProject project;

  @BeforeEach
  void open() {
    project = new TestProject(root, "");
  }

  @AfterEach
  void close() {
    project.close();
  }

  JsonNode published() {
    JsonNode report = run();
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    return report;
  }

  String stopped() {
    JsonNode report = run();
    assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(65);
    assertThat(TestProject.problems(report)).hasSize(1);
    return TestProject.problems(report).get(0);
  }

  JsonNode run() {
    return project.run(List.of(Phase.INGEST));
  }

  List<String> changes() {
    return project.ledger(
        """
        select version || ' ' || kind || ' ' || column_name || ' ' || policy || ' ' || change
          from afp.v_schema_change where table_name = 'raw.t' order by version, column_name
        """);
  }
}
