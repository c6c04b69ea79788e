package io.afp.ingestion.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.Sql;
import io.afp.core.testing.TestProject;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The zone of the machine and of Spark's sessions changes nothing: a job works in UTC. In Auckland
 * 2:30 of 2024-09-29 is left out, and 2:30 of 2024-04-07 comes twice.
 */
class OtherZoneTest {

  private static final String MODIFIED = "2024-09-29T02:30:00Z";

  @TempDir private Path root;

  @Test
  void aDriverInAucklandLoadsTheSameRowsAndWritesTheSameTimes() throws Exception {
    List<String> inUtc = loaded("utc");
    assertThat(inUtc)
        .contains(
            "1 2024-09-01 2024-09-01 00:00:00 2024-09-29 02:30:00 0 2024-09-29 02:30:00",
            "3 2024-09-30 2024-09-30 23:59:59.999999 2024-04-07 02:30:00 23 2024-04-07 02:30:00",
            "rejected 4",
            "modified " + Instant.parse(MODIFIED).getEpochSecond());

    TimeZone here = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
    TestSpark.session().conf().set("spark.sql.session.timeZone", "Asia/Kathmandu");
    try {
      assertThat(loaded("auckland")).isEqualTo(inUtc);
    } finally {
      TestSpark.session().conf().set("spark.sql.session.timeZone", "UTC");
      TimeZone.setDefault(here);
    }
  }

  private List<String> loaded(String folder) throws Exception {
    Path home = root.resolve(folder);
    TestSource source = new TestSource();
    try (TestProject project = new TestProject(home, "interval: { unit: month, zone: UTC }")) {
      fill(source);
      files(project, home);
      tables(project, source, duck(home));
      Instant before = Instant.now();
      JsonNode report = project.run(List.of(Phase.INGEST), "--interval", "2024-09");
      assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
      requireBetween(project, before, Instant.now());
      assertThat(project.plan("--interval", "2024-09"))
          .as("the files do not look changed")
          .noneMatch(step -> step.startsWith("raw.files"));
      return seen(project);
    } finally {
      source.close();
    }
  }

  private static void fill(TestSource source) {
    source.execute(
        "CREATE TABLE events (id int PRIMARY KEY, at timestamptz NOT NULL, wall timestamp, day"
            + " date)",
        "INSERT INTO events VALUES (1, '2024-09-29 02:30Z', '2024-09-29 02:30', '2024-09-29'),"
            + " (2, '2024-10-01 11:59:59.999999Z', '2024-04-07 02:30', '0001-01-01')");
  }

  private static String duck(Path home) {
    String uri = "jdbc:duckdb:" + home.resolve("crm.duckdb");
    Sql.execute(
        uri,
        "CREATE TABLE t AS SELECT 1 AS id, TIMESTAMP '2024-09-29 02:30:00' AS wall, DATE"
            + " '2024-09-29' AS day");
    return uri;
  }

  private static void files(TestProject project, Path home) throws IOException {
    project.file(
        "p/2024-09.csv",
        """
        id,day,at,wall,said
        1,2024-09-01,2024-09-01T00:00:00Z,2024-09-29 02:30:00,29.09.2024 02:30
        2,2024-09-29,2024-09-29 02:30:00,2024-09-29T02:30:00,29.09.2024 02:30
        3,2024-09-30,2024-09-30T23:59:59.999999Z,2024-04-07 02:30:00,07.04.2024 02:30
        4,2024-10-01,2024-10-01T00:00:00Z,2024-10-01 00:00:00,01.10.2024 00:00
        """);
    Files.setLastModifiedTime(
        home.resolve("p/2024-09.csv"), FileTime.from(Instant.parse(MODIFIED)));
  }

  private static void tables(TestProject project, TestSource source, String duck) {
    project
        .file(
            "afp.yaml",
            """
            lake: { uri: "%s", warehouse: "%s" }
            connections: { crm: { uri: "%s" }, duck: { uri: "%s" } }
            """
                .formatted(
                    project.lake().account().uri(),
                    project.lake().warehouse().toUri(),
                    source.uri(),
                    duck))
        .table(
            "raw.files",
            """
            from: { files: "${interval:yyyy-MM}.csv", format: csv }
            columns:
              id: { type: int }
              day: { type: date }
              at: { type: timestamp, required: true }
              wall: { type: timestamp_ntz }
              said: { type: timestamp, format: "dd.MM.yyyy HH:mm" }
              hour: { type: int, expr: "hour(at)" }
            metadata: { run_id: _afp_run_id, ingested_at: _afp_ingested_at, source: _afp_source }
            partition_by: [month(at)]
            write: { interval_column: at }
            rejects: { max: 1 }
            """)
        .table(
            "raw.rows",
            """
            from: { jdbc: { connection: crm, table: events, watermark: at } }
            columns:
              id: { type: int, required: true }
              day: { type: date }
              at: { type: timestamp, required: true }
              wall: { type: timestamp_ntz }
            key: [id]
            write: { mode: upsert, as_of: at }
            """)
        .table(
            "raw.duck",
            """
            from: { jdbc: { connection: duck, table: t, splits: 1 } }
            columns: { id: { type: int }, day: { type: date }, wall: { type: timestamp_ntz } }
            """);
  }

  /** The clock of the machine is one for all zones. */
  private static void requireBetween(TestProject project, Instant before, Instant after) {
    String moments =
        """
        select min(extract(epoch from at) * 1000000)::bigint from (
          select created_at at from afp.run union all select started_at from afp.attempt
          union all select ended_at from afp.attempt union all select started_at from afp.step
          union all select published_at from afp.release) t
        """;
    List<String> micros =
        List.of(
            project.ledger(moments).get(0),
            project.ledger(moments.replace("min(", "max(")).get(0),
            project.lake("select distinct unix_micros(_afp_ingested_at) from raw.files").get(0));
    assertThat(micros)
        .allSatisfy(
            moment ->
                assertThat(Instant.EPOCH.plusNanos(Long.parseLong(moment) * 1000))
                    .isBetween(before.minusSeconds(1), after.plusSeconds(1)));
  }

  private static List<String> seen(TestProject project) {
    List<String> seen = new ArrayList<>();
    seen.addAll(
        project.lake(
            "select id, cast(day as string), cast(at as string), cast(wall as string), hour,"
                + " cast(said as string) from raw.files"));
    seen.addAll(project.lake("select _afp_source, unix_micros(at) from raw.files"));
    seen.addAll(
        project.lake("select 'rejected', get_json_object(record, '$.id') from raw.files__rejects"));
    seen.addAll(
        project.lake(
            "select id, cast(day as string), unix_micros(at), cast(wall as string) from raw.rows"));
    seen.addAll(project.lake("select id, cast(day as string), cast(wall as string) from raw.duck"));
    seen.addAll(project.ledger("select 'watermark ' || value from afp.watermark"));
    seen.addAll(
        project.ledger(
            "select 'modified ' || extract(epoch from modified_at)::bigint from afp.loaded_file"));
    seen.addAll(
        project.ledger(
            "select 'interval ' || extract(epoch from interval_start)::bigint from"
                + " afp.schema_version where interval_start is not null"));
    return seen;
  }
}
