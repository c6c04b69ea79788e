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

/** Tables of a Postgres to published tables, through the job itself. */
class JdbcJobTest {

  @TempDir private Path root;
  private final TestSource source = new TestSource();
  private TestProject project;

  @BeforeEach
  void open() {
    project = source.in(new TestProject(root, ""));
  }

  @AfterEach
  void close() {
    project.close();
    source.close();
  }

  private JsonNode run(String... more) {
    return project.run(List.of(Phase.INGEST), more);
  }

  @Test
  void declaredColumnsAreReadAndOthersAreNot() {
    source.execute(
        "CREATE SCHEMA \"Shop\"",
        "CREATE TABLE \"Shop\".\"order items\" (\"ID\" int, name text, secret text)",
        "INSERT INTO \"Shop\".\"order items\" SELECT i, 'n''' || i, 's' FROM generate_series(1, 5) i");
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, table: 'Shop."order items"' } }
        columns: { name: { type: string }, id: { type: long, required: true } }
        key: [id]
        """);
    JsonNode report = run();

    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(project.lake("select * from raw.t"))
        .containsExactly("n'1 1", "n'2 2", "n'3 3", "n'4 4", "n'5 5");
    source.execute("DELETE FROM \"Shop\".\"order items\" WHERE \"ID\" > 1");
    assertThat(run().get("outcome").asText())
        .as("nobody knows whether it changed")
        .isEqualTo("published");
    assertThat(project.lake("select * from raw.t")).containsExactly("n'1 1");
  }

  @Test
  void aQueryIsThatOfTheUser() {
    project.table(
        "raw.t",
        """
        from:
          jdbc:
            connection: crm
            query: |
              SELECT i AS id, i % 3 AS rest FROM generate_series(1, 7) i -- of all
              ;
            split_by: id
        columns: { id: { type: int }, rest: { type: int } }
        """);
    assertThat(run().get("exit").asInt()).isZero();
    assertThat(project.lake("select count(*), sum(id), sum(rest) from raw.t"))
        .containsExactly("7 28 7");
  }

  @Test
  void valuesThatJavaOrSparkCanNotHoldAreRejectedInsteadOfBecomingOthers() {
    source.execute(
        """
        CREATE TABLE t (id int, big numeric, exact numeric(10,2), day date, at timestamptz, local timestamp,
          doc jsonb, uid uuid, tags text[], flag boolean, part real, cash money, raw bytea)
        """,
        """
        INSERT INTO t VALUES
          (1, 12345678901234567890.123456789, 1.50, '2024-03-31', '2024-03-31 02:30:00.123456+02', '2024-03-31 02:30:00',
           '{"a": 1}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{x,"y z"}', true, 0.5, '1234.50', '\\x0102'),
          (2, 'NaN', 'NaN', 'infinity', '-infinity', 'infinity', NULL, NULL, NULL, NULL, 'NaN', NULL, NULL),
          (3, 1e50, NULL, '0044-03-15 BC', '20000-01-01', '1582-10-10 00:00:00', NULL, NULL, NULL, NULL, NULL, NULL, NULL)
        """);
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, table: t } }
        columns:
          id: { type: int }
          big: { type: "decimal(38,9)" }
          exact: { type: "decimal(10,2)" }
          day: { type: date }
          at: { type: timestamp }
          local: { type: timestamp_ntz }
          doc: { type: string }
          uid: { type: string }
          tags: { type: string }
          flag: { type: boolean }
          part: { type: float }
          cash: { type: "decimal(12,2)" }
          raw: { type: binary }
        rejects: { at_most: 100% }
        """);
    JsonNode report = run();

    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
    assertThat(
            project.lake(
                """
                select id, big, exact, day, cast(at as string), local, doc, uid, tags, flag, part, cash, hex(raw) from raw.t
                """))
        .containsExactly(
            "1 12345678901234567890.123456789 1.50 2024-03-31 2024-03-31 00:30:00.123456 2024-03-31T02:30"
                + " {\"a\": 1} a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 {x,\"y z\"} true 0.5 1234.50 0102");
    assertThat(
            project.lake(
                """
                select concat_ws(';', transform(reasons, r -> concat_ws(' ', r.column, r.reason, r.value))), file from raw.t__rejects
                """))
        .containsExactly(
            "big type 1"
                + "0".repeat(50)
                + ";day type 0044-03-15 BC;at type 20000-01-01 00:00:00+00:00 crm/t",
            "big type NaN;exact type NaN;day type infinity;at type -infinity;local type infinity crm/t");
  }

  private void byDay() {
    project.file("p/pipeline.yaml", "pipeline: p\ninterval: { unit: day, zone: Europe/Berlin }\n");
  }

  @Test
  void anIntervalIsFoundByTheDatabaseInTheZoneOfThePipeline() {
    byDay();
    source.execute(
        "CREATE TABLE t (id int PRIMARY KEY, at timestamptz, local timestamp, day date)",
        """
        INSERT INTO t SELECT i, t, t AT TIME ZONE 'Europe/Berlin', (t AT TIME ZONE 'Europe/Berlin')::date
          FROM generate_series(1, 72) i, LATERAL (SELECT timestamptz '2024-03-30 00:00+01' + i * interval '1 hour' AS t) x
        """,
        "INSERT INTO t VALUES (100, NULL, NULL, NULL), (101, 'infinity', 'infinity', 'infinity')");
    for (String column : List.of("at", "local", "day")) {
      String type =
          column.equals("at") ? "timestamp" : column.equals("day") ? "date" : "timestamp_ntz";
      String part = column.equals("day") ? "day" : "hour(%s)".formatted(column);
      project.table(
          "raw." + column,
          """
          from: { jdbc: { connection: crm, table: public.t } }
          columns: { id: { type: int }, %s: { type: %s } }
          key: [id]
          partition_by: [%s]
          write: { interval_column: %s }
          """
              .formatted(column, type, part, column));
    }
    JsonNode report = run("--interval", "2024-03-30..2024-03-31");

    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
    for (String column : List.of("at", "local", "day")) {
      assertThat(project.lake("select count(*), min(id), max(id) from raw." + column))
          .as("the day with 23 hours ends after 46: " + column)
          .containsExactly("46 1 46");
      assertThat(TestProject.problems(report))
          .anyMatch(
              p -> p.contains("2 rows of source raw.%s belong to no interval".formatted(column)));
    }
    assertThat(run("--interval", "2024-03-30..2024-03-31").get("outcome").asText())
        .isEqualTo("nothing_to_do");
    source.execute("UPDATE t SET id = id + 1000 WHERE day = '2024-03-31'");
    assertThat(run("--interval", "2024-03-31", "--restate").get("exit").asInt()).isZero();
    assertThat(project.lake("select count(*), min(id), max(id) from raw.at"))
        .containsExactly("46 1 1046");
  }

  @Test
  void rejectsBelongToTheUnitOfTheirRow() {
    byDay();
    source.execute(
        "CREATE TABLE t (id int, n text, day date)",
        "INSERT INTO t VALUES (1, 'x', '2024-03-30'), (2, 'y', '2024-03-31'), (3, '3', '2024-03-31')");
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, table: t } }
        columns: { id: { type: int }, n: { type: int }, day: { type: date } }
        partition_by: [day]
        write: { interval_column: day }
        rejects: { at_most: 100% }
        """);
    assertThat(run("--interval", "2024-03-30..2024-03-31").get("exit").asInt()).isZero();
    source.execute("UPDATE t SET n = '2' WHERE id = 2");
    assertThat(run("--interval", "2024-03-31", "--restate").get("exit").asInt()).isZero();

    assertThat(project.lake("select * from raw.t"))
        .containsExactly("2 2 2024-03-31", "3 3 2024-03-31");
    assertThat(project.lake("select record from raw.t__rejects"))
        .containsExactly("{\"id\":\"1\",\"n\":\"x\",\"day\":\"2024-03-30\"}");
  }

  @Test
  void aColumnThatTheSourceGetsComesIntoATableThatEvolves() {
    source.execute("CREATE TABLE t AS SELECT 1 AS id");
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, table: t } }
        columns: { id: { type: long } }
        drift: evolve
        """);
    assertThat(run().get("exit").asInt()).isZero();
    source.execute("ALTER TABLE t ADD price numeric(10,2) DEFAULT 1.5, ADD doc jsonb DEFAULT '{}'");
    JsonNode report = run();
    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
    assertThat(project.lake("select id, price, doc from raw.t")).containsExactly("1 1.50 {}");
  }
}
