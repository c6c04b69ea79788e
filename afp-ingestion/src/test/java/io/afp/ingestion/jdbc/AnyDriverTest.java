package io.afp.ingestion.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Phase;
import io.afp.core.settings.ConnectionSettings;
import io.afp.core.testing.Sql;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is no Postgres: DuckDB, by its own driver. */
class AnyDriverTest {

  @TempDir private Path root;
  private String uri;
  private TestProject project;

  @BeforeEach
  void open() {
    uri = "jdbc:duckdb:" + root.resolve("crm.duckdb");
    project =
        TestSource.in(new TestProject(root.resolve("project"), ""), "uri: \"%s\"".formatted(uri));
    execute(
        """
        CREATE TABLE t AS SELECT i::int AS id, 'n' || i AS "Name", (i * 1.25)::decimal(10,2) AS price,
          TIMESTAMP '2024-01-01 02:30:00.123456' + i * INTERVAL 1 HOUR AS at, DATE '2024-01-01' + (i // 24)::int AS day
          FROM range(1, 1001) r(i)
        """);
  }

  @AfterEach
  void close() {
    project.close();
  }

  private void execute(String sql) {
    Sql.execute(uri, sql);
  }

  private JsonNode run(String... more) {
    return project.run(List.of(Phase.INGEST), more);
  }

  @Test
  void namesOfColumnsMayBeAnything() throws SQLException {
    execute(
        "CREATE TABLE odd AS SELECT i::int AS \"Order ID\", 'v' || i AS \"a\"\"b.c`\" FROM range(1, 4) r(i)");
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, table: odd, split_by: Order ID } }
        columns:
          id:   { type: int, from: "Order ID" }
          text: { type: string, from: 'A"B.C`' }
        """);
    JsonNode report = run();
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(project.lake("select * from raw.t")).containsExactly("1 v1", "2 v2", "3 v3");
  }

  @Test
  void rowsAreReadSideBySideAndItIsSaidThatTheyMayNotBeOfOneState() {
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, table: main.t } }
        columns:
          id: { type: long, required: true }
          name: { type: string }
          price: { type: "decimal(10,2)" }
          at: { type: timestamp_ntz }
        key: [id]
        """);
    JsonNode report = run();
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith("AFP-JDBC-008 Source raw.t is read by several connections");
    assertThat(project.lake("select count(*), sum(id), sum(price), max(at) from raw.t"))
        .containsExactly("1000 500500 625625.00 2024-02-11T18:30:00.123456");
    assertThat(project.lake("select * from raw.t where id = 3"))
        .containsExactly("3 n3 3.75 2024-01-01T05:30:00.123456");
  }

  @Test
  void intervalsAndWatermarksAreFoundByTheDatabase() {
    project.file("p/pipeline.yaml", "pipeline: p\ninterval: { unit: day, zone: UTC }\n");
    project.table(
        "raw.by_day",
        """
        from: { jdbc: { connection: crm, table: t, splits: 1 } }
        columns: { id: { type: int }, day: { type: date } }
        partition_by: [day]
        write: { interval_column: day }
        """);
    project.table(
        "raw.newest",
        """
        from: { jdbc: { connection: crm, table: t, watermark: at, overlap: PT2H, splits: 2 } }
        columns: { id: { type: int, required: true }, at: { type: timestamp, required: true } }
        key: [id]
        write: { mode: upsert, as_of: at }
        """);
    assertThat(run("--interval", "2024-01-02").get("exit").asInt()).isZero();
    assertThat(project.lake("select count(*), min(id), max(id) from raw.by_day"))
        .containsExactly("24 24 47");
    assertThat(project.ledger("select value from afp.watermark"))
        .containsExactly("2024-02-11 18:30:00.123456");
    execute(
        "INSERT INTO t SELECT 2000, 'x', 1, TIMESTAMP '2024-02-11 17:45:00', DATE '2024-02-11'");
    assertThat(run("--interval", "2024-01-02").get("outcome").asText()).isEqualTo("published");
    assertThat(project.lake("select count(*), max(id) from raw.newest"))
        .containsExactly("1001 2000");
    assertThat(run("--interval", "2024-01-02").get("outcome").asText()).isEqualTo("nothing_to_do");
  }

  @Test
  void rangesAreThoseOfTheSortedColumnOrElseEven() throws SQLException {
    TableDef table =
        TableDef.named("raw.t")
            .fromJdbc("crm", jdbc -> jdbc.query("SELECT id * id AS id, \"Name\" FROM t"))
            .column("id", "long")
            .build();
    ConnectionSettings settings =
        new ConnectionSettings("crm", uri, Optional.empty(), Optional.empty(), Optional.empty());
    try (SourceSession session = SourceSession.open(table, Map.of("crm", settings))) {
      SourceColumn id = session.columns().named("id", "");
      SourceColumn name = session.columns().named("name", "");
      RangeFinder.Task byId = new RangeFinder.Task(session, id, Optional.empty(), 4);
      RangeFinder.Task byName = new RangeFinder.Task(session, name, Optional.empty(), 4);
      assertThat(new SortedRanges().bounds(byId)).contains(List.of("62500", "250000", "562500"));
      assertThat(new SortedRanges().bounds(byName).orElseThrow()).hasSize(3).isSorted();
      assertThat(new EvenRanges().bounds(byId)).contains(List.of("250000", "500000", "750000"));
      assertThat(new EvenRanges().bounds(byName)).isEmpty();
    }
  }

  @Test
  void intervalsWithOtherRowsAreFoundByTheirChecksum() {
    project.file("p/pipeline.yaml", "pipeline: p\ninterval: { unit: day, zone: UTC }\n");
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, table: main.t } }
        columns: { id: { type: int }, day: { type: date } }
        partition_by: [day]
        write: { interval_column: day }
        """);
    String days = "2024-01-03..2024-01-06";
    assertThat(run("--interval", days).get("outcome").asText()).isEqualTo("published");
    assertThat(project.plan("--interval", days)).isEmpty();
    execute(
        "UPDATE t SET id = -id WHERE id = (SELECT min(id) FROM t WHERE day = DATE '2024-01-04')");

    assertThat(project.plan("--interval", days))
        .singleElement()
        .asString()
        .matches("raw.t 2024-01-04 stale crm/main.t changed \\(it had 24 rows, checksum \\d+\\)");

    project.ledger(
        """
        WITH old AS (UPDATE afp.done SET inputs =
          regexp_replace(inputs::text, 'checksum [0-9]+', unit || ' to ' || unit)::text[] RETURNING unit)
        SELECT unit FROM old""");
    assertThat(project.plan("--interval", days)).as("read before there were checksums").isEmpty();
    execute("DELETE FROM t WHERE id < 0");
    assertThat(project.plan("--interval", days))
        .containsExactly(
            "raw.t 2024-01-04 stale crm/main.t changed (it had 24 rows, 2024-01-04 to 2024-01-04)");
  }
}
