package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import io.afp.core.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files whose columns change, through the job itself. */
class TypedDriftTest {

  @TempDir private Path root;
  private TestProject project;

  @BeforeEach
  void open() {
    project = new TestProject(root, "interval: { unit: month, zone: UTC }");
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void theDeclaredTypeHoldsForWiderFilesAndWhatDoesNotFitIsRejected() {
    table("rejects: { at_most: 50% }");
    month("2024-01", "select 1 id, date '2024-01-01' day");
    published("2024-01");
    month("2024-02", "select id, date '2024-02-01' day from values (2L), (3000000000L) t (id)");
    published("2024-02");

    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2");
    assertThat(
            project.lake("select r.value from raw.t__rejects lateral view explode(reasons) x as r"))
        .containsExactly("3000000000");
    assertThat(changes())
        .containsExactly(
            "2024-02 type id discard column id is long instead of int; the table has int, and other values are rejects");
  }

  @Test
  void aWiderTypeEvolvesAndIsKept() {
    table("drift: evolve");
    month("2024-01", "select 1 id, date '2024-01-01' day");
    published("2024-01");
    month("2024-02", "select 3000000000L id, date '2024-02-01' day");
    assertThat(project.planReport("--interval", "2024-02").at("/data/steps/0/source_columns/0"))
        .as("the plan says it before")
        .hasToString(
            "{\"unit\":\"2024-02\",\"kind\":\"type\",\"column\":\"id\",\"policy\":\"evolve\",\"change\":\"column id is long instead of int; the table has long\"}");
    published("2024-02");
    month("2024-03", "select 3 id, date '2024-03-01' day");
    published("2024-03");

    assertThat(project.lake("select id from raw.t")).containsExactly("1", "3", "3000000000");
    assertThat(changes())
        .containsExactly(
            "2024-02 type id evolve column id is long instead of int; the table has long",
            "2024-03 type id  column id is int instead of long; the table has long, and other values are rejects");
    assertThat(run("2024-01..2024-03").get("outcome").asText()).isEqualTo("nothing_to_do");
    assertThat(project.plan("--interval", "2024-03", "--restate")).hasSize(1);
  }

  @Test
  void aWiderTypeStopsAFrozenTable() {
    table("drift: { widened_types: freeze }");
    month("2024-01", "select 1L id, date '2024-01-01' day");
    month("2024-02", "select 1 id, date '2024-02-01' day");
    JsonNode report = run("2024-01..2024-02");

    assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(65);
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith("AFP-ING-005 Cannot load table raw.t: column id is wider in the source")
        .contains("source=long, declared=int, files=1 of 2, first=", "p/2024-01/");
    assertThat(project.ledger("select version from afp.schema_version")).isEmpty();
  }

  @Test
  void aNewColumnHasTheTypeOfItsFileAndADeclarationOfItTakesItOver() {
    table("drift: evolve");
    month(
        "2024-01",
        "select 1 id, date '2024-01-01' day, cast(1.5 as decimal(5,2)) price, array(1, 2) tags");
    published("2024-01");
    assertThat(project.lake("select price, tags from raw.t")).containsExactly("1.50 [1,2]");

    table("drift: evolve", ", price: { type: \"decimal(7,2)\" }");
    month("2024-02", "select 2 id, date '2024-02-01' day, cast(99999.5 as decimal(7,2)) price");
    published("2024-01..2024-02");
    assertThat(project.lake("select price, tags from raw.t"))
        .containsExactly("1.50 [1,2]", "99999.50 null");
  }

  private void table(String more, String... columns) {
    project.table(
        "raw.t",
        """
        from: { files: "${interval:yyyy-MM}/*.parquet", format: parquet }
        columns: { id: { type: int, required: true }, day: { type: date, required: true }%s }
        write: { interval_column: day }
        partition_by: [month(day)]
        %s
        """
            .formatted(String.join("", columns), more));
  }

  private void month(String month, String query) {
    String folder = root.resolve("p").resolve(month).toUri().toString();
    TestSpark.session().sql(query).coalesce(1).write().mode("overwrite").parquet(folder);
  }

  private void published(String interval) {
    JsonNode report = run(interval);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
  }

  private JsonNode run(String interval) {
    return project.run(List.of(Phase.INGEST), "--interval", interval);
  }

  private List<String> changes() {
    return project.ledger(
        """
        select unit || ' ' || kind || ' ' || column_name || ' ' || policy || ' ' || change
          from afp.v_schema_change order by version, column_name
        """);
  }
}
