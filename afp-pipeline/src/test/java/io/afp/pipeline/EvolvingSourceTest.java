package io.afp.pipeline;

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

/** What comes after a source that brings columns: models, serving, other jobs of the run. */
class EvolvingSourceTest {

  private static final List<Phase> ALL = List.of(Phase.values());
  private static final String SOURCE =
      """
      from: { files: "a.csv", format: csv }
      columns: { id: { type: int, required: true } }
      key: [id]
      serve: { postgres: mart.t }
      drift: { new_columns: evolve }
      """;

  private TestProject project;

  @BeforeEach
  void open(@TempDir Path root) {
    project = new TestProject(root, "");
    project.table("raw.t", SOURCE);
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void modelsThatNameTheirColumnsAndServedTablesDoNotSeeAnEvolvedColumnBeforeItIsDeclared() {
    project.model("core.t", "columns: { id: { type: int } }", "select id from raw.t");
    published("id", "1");
    published("id,city", "1,Oslo");
    assertThat(project.lake("select * from raw.t")).containsExactly("1 Oslo");
    assertThat(project.lake("select * from core.t")).containsExactly("1");
    assertThat(servedColumns()).containsExactly("id");

    project.table(
        "raw.t", SOURCE.replace("required: true }", "required: true }, city: { type: string }"));
    published("id,city", "1,Oslo");
    assertThat(servedColumns()).containsExactly("id", "city");
    assertThat(project.ledger("select city from mart.t")).containsExactly("Oslo");
  }

  @Test
  void aModelThatReadsAllColumnsSaysWhichOneItDoesNotDeclare() {
    project.model("core.t", "columns: { id: { type: int } }", "select * from raw.t");
    published("id", "1");
    JsonNode report = run("id,city", "1,Oslo");

    assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(78);
    assertThat(TestProject.problems(report))
        .anyMatch(p -> p.startsWith("AFP-TRF-003") && p.contains("city"));
    assertThat(project.lake("select * from raw.t")).as("nothing of the run").containsExactly("1");
    assertThat(project.ledger("select change from afp.v_schema_change")).isEmpty();
  }

  @Test
  void aRunOfSeveralJobsKnowsTheChangeWhenTheLastOnePublishes() {
    published("id", "1");
    keyed(Phase.INGEST, "id,city", "1,Oslo");
    assertThat(project.ledger("select version from afp.schema_version")).containsExactly("1");
    keyed(Phase.INGEST, "id,city,zip", "1,Oslo,7");
    keyed(Phase.QUALITY, "id,city,zip", "1,Oslo,7");

    assertThat(project.ledger("select change from afp.v_schema_change"))
        .containsExactly(
            "column city is new; it is loaded as string",
            "column zip is new; it is loaded as string");
    assertThat(project.lake("select * from raw.t")).containsExactly("1 Oslo 7");
  }

  private List<String> servedColumns() {
    return project.ledger(
        """
        select column_name from information_schema.columns
         where table_schema = 'mart' and table_name = 't' order by ordinal_position
        """);
  }

  private void keyed(Phase phase, String... lines) {
    file(lines);
    JsonNode report = project.run(List.of(phase), "--run-key", "k");
    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
  }

  private void published(String... lines) {
    JsonNode report = run(lines);
    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
  }

  private JsonNode run(String... lines) {
    file(lines);
    return project.run(ALL);
  }

  private void file(String... lines) {
    project.file("p/a.csv", String.join("\n", lines) + "\n");
  }
}
