package io.afp.ingestion.custom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.spi.Source;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class of a user fills a table, with the contract and the bookkeeping of any other source. */
class CustomSourceTest {

  private static final String METER =
      "{ custom: { class: io.afp.ingestion.custom.Meter, arguments: { unit: kWh } } }";

  @TempDir private Path root;
  private TestProject project;

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void rowsMeetTheContractAndTheirInterval() {
    open(
        "interval: { unit: month, zone: UTC }",
        METER,
        "partition_by: [month(day)]\nwrite: { interval_column: day }");
    query(
        "select * from values ('1', '2024-01-05', ':unit'), ('x', '2024-01-06', ':unit'),"
            + " ('3', '2024-03-01', ':unit') as t(amount, day, unit)");

    assertThat(run("--interval", "2024-01").get("outcome").asText()).isEqualTo("published");
    assertThat(project.lake("select * from raw.t")).containsExactly("1 2024-01-05 kWh");
    assertThat(project.lake("select reasons[0].column, reasons[0].reason from raw.t__rejects"))
        .containsExactly("amount type", "day interval");
    assertThat(run("--interval", "2024-01").get("outcome").asText()).isEqualTo("nothing_to_do");

    query("select 2 as amount, date'2024-01-07' as day, ':unit' as unit");
    assertThat(run("--interval", "2024-01").get("outcome").asText()).isEqualTo("published");
    assertThat(project.lake("select * from raw.t"))
        .as("another state is read again")
        .containsExactly("2 2024-01-07 kWh");

    query(
        "select * from values (4, date'2024-02-01', ':unit'), (5, date'2024-03-31', ':unit') as t(amount, day, unit)");
    assertThat(run("--interval", "2024-02..2024-03").get("outcome").asText())
        .as("two months are one range")
        .isEqualTo("published");
    assertThat(project.lake("select amount from raw.t where day > '2024-01-31'"))
        .containsExactly("4", "5");
  }

  @Test
  void aTableWithoutAStateIsReadByEachRun() {
    open("", "{ custom: \"%s\" }".formatted(Once.class.getName()), "");
    assertThat(run().get("outcome").asText()).isEqualTo("published");
    assertThat(run().get("outcome").asText()).isEqualTo("published");
    assertThat(project.lake("select amount, unit from raw.t")).containsExactly("7 m3");
  }

  @Test
  void whatIsWrongWithAClassIsSaid() {
    open("", METER, "");
    assertThat(TestProject.problems(run()))
        .singleElement()
        .asString()
        .startsWith("AFP-ING-007 Cannot read source raw.t: rows of io.afp.ingestion.custom.Meter")
        .contains("(java.nio.file.NoSuchFileException)")
        .endsWith("at p/tables/raw/t.yaml:0");
    table("{ custom: java.lang.String }", "");
    JsonNode report = run();
    assertThat(report.get("exit").asInt()).isEqualTo(78);
    assertThat(TestProject.problems(report))
        .containsExactly(
            "AFP-ING-006 Cannot read source raw.t: class java.lang.String does not implement"
                + " io.afp.core.spi.Source at p/tables/raw/t.yaml:0");
    table("{ custom: acme.Missing, header: true, on_change: warn }", "write: { mode: append }");
    assertThat(TestProject.problems(run()))
        .as("all are seen before anything runs")
        .hasSize(3)
        .anyMatch(problem -> problem.contains("Cannot use on_change"))
        .anyMatch(problem -> problem.contains("from.header"))
        .anyMatch(problem -> problem.contains("Cannot append to raw.t"));
  }

  /** A source that can't tell in which state it is. */
  public static final class Once implements Source {
    @Override
    public Dataset<Row> rows(SparkSession session, Asked asked) {
      return session.sql("select 7 as amount, '2024-01-01' as day, 'm3' as unit");
    }
  }

  private void open(String pipeline, String from, String more) {
    project = new TestProject(root, pipeline);
    table(from, more);
  }

  private void table(String from, String more) {
    project.table(
        "raw.t",
        """
        from: %s
        columns:
          amount: { type: int, required: true }
          day:    { type: date }
          unit:   { type: string }
        rejects: { at_most: 100%% }
        %s
        """
            .formatted(from, more));
  }

  private void query(String sql) {
    project.file("p/readings.sql", sql);
  }

  private JsonNode run(String... more) {
    return project.run(List.of(Phase.values()), more);
  }
}
