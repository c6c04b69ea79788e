package io.afp.ingestion.jdbc;

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

/** A table of a database whose columns change. */
class JdbcDriftTest {

  private final TestSource source = new TestSource();
  private TestProject project;

  @BeforeEach
  void open(@TempDir Path root) {
    project = source.in(new TestProject(root, "interval: { unit: month, zone: UTC }"));
    source.execute(
        "CREATE TABLE orders (id int, name text, day date)",
        "INSERT INTO orders VALUES (1, 'a', '2024-01-05'), (2, 'b', '2024-02-05')");
  }

  @AfterEach
  void close() {
    project.close();
    source.close();
  }

  @Test
  void itEvolvesWithItsTypes() {
    table("", "drift: evolve");
    published();
    source.execute(
        "ALTER TABLE orders ADD seen timestamptz, DROP name",
        "ALTER TABLE orders ALTER id TYPE bigint",
        "UPDATE orders SET seen = '2024-03-01 00:00Z', id = id + 3000000000");
    published();

    assertThat(project.lake("select id, name, date(seen) from raw.t"))
        .containsExactly("3000000001 null 2024-03-01", "3000000002 null 2024-03-01");
    assertThat(changes())
        .containsExactly(
            "2 id column id is long instead of int; the table has long",
            "2 name column name is gone; it is null where it is missing",
            "2 seen column seen is new; it is loaded as timestamp");
  }

  @Test
  void itsColumnsAreThoseOfNowForWhateverIntervalIsRead() {
    table("write: { interval_column: day }\npartition_by: [month(day)]", "");
    run("--interval", "2024-02");
    source.execute("ALTER TABLE orders ADD city text");
    run("--interval", "2024-01");
    run("--interval", "2024-02", "--restate");

    assertThat(changes())
        .containsExactly("2 city column city is new; it is not declared and not loaded");
    assertThat(project.ledger("select unit from afp.schema_version")).containsOnly("all");
  }

  @Test
  void aFrozenTableStops() {
    table("", "drift: freeze");
    source.execute("ALTER TABLE orders ADD city text");
    assertThat(
            project.planReport("--interval", "2024-03").at("/data/steps/0/stopped_by/0").asText())
        .startsWith("Cannot load table raw.t: column city of the source is not declared");
    JsonNode report = run("--interval", "2024-03");
    assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(65);
    assertThat(TestProject.problems(report).toString())
        .contains("AFP-ING-005 Cannot load table raw.t: column city of the source is not declared");
  }

  private void table(String write, String drift) {
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, table: orders } }
        columns: { id: { type: int, required: true }, name: { type: string }, day: { type: date } }
        %s
        %s
        """
            .formatted(write, drift));
  }

  private void published() {
    JsonNode report = run("--interval", "2024-03");
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
  }

  private JsonNode run(String... more) {
    return project.run(List.of(Phase.INGEST), more);
  }

  private List<String> changes() {
    return project.ledger(
        """
        select version || ' ' || column_name || ' ' || change from afp.v_schema_change
         order by version, column_name
        """);
  }
}
