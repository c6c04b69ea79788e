package io.afp.transform;

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

/** Queries to published tables, through the job itself. */
class TransformJobTest {

  private static final String WHOLE =
      """
      columns:
        id:   { type: int }
        name: { type: string }
      """;

  private TestProject project;

  @BeforeEach
  void open(@TempDir Path root) {
    project = new TestProject(root, "interval: { unit: month, zone: America/New_York }");
    project
        .lake()
        .publish(
            "create namespace src",
            "create table src.t as select * from values (1, 'a'), (2, 'b') t(id, name)");
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void aModelWithoutIntervalsIsFilledAsAWhole() {
    project.model("core.m", WHOLE, "select id, upper(name) as name from src.t");
    assertPublished(run());
    assertThat(project.lake("select * from core.m")).containsExactly("1 A", "2 B");
  }

  @Test
  void modelsAreFilledInTheOrderInWhichTheyReadEachOther() {
    project.model("a.last", WHOLE, "with m as (select * from lake.z.first) select * from m");
    project.model("z.first", WHOLE, "select * from src.t where id in (select 1)");
    assertPublished(run());
    assertThat(project.lake("select * from a.last")).containsExactly("1 a");
  }

  @Test
  void theBoundsOfTheIntervalHaveTheTypeOfTheIntervalColumn() {
    String bounds =
        """
        with range as (select :interval_start as s, :interval_end as e)
        select s as at, cast(s as string) as s, typeof(s) as type, (select cast(max(e) as string) from range) as e
          from range where s >= :interval_start
        """;
    for (String type : List.of("date", "timestamp", "timestamp_ntz")) {
      project.model(
          "core.by_" + type,
          """
          columns: { at: { type: %s }, s: { type: string }, type: { type: string }, e: { type: string } }
          write: { mode: append, interval_column: at }
          """
              .formatted(type),
          bounds);
    }
    assertPublished(run());
    assertThat(project.lake("select type, s, e from core.by_date"))
        .containsExactly("date 2024-03-01 2024-04-01");
    assertThat(project.lake("select type, s, e from core.by_timestamp"))
        .as("midnight in New York, in winter and in summer")
        .containsExactly("timestamp 2024-03-01 05:00:00 2024-04-01 04:00:00");
    assertThat(project.lake("select type, s, e from core.by_timestamp_ntz"))
        .containsExactly("timestamp_ntz 2024-03-01 00:00:00 2024-04-01 00:00:00");
  }

  @Test
  void parametersAreUnknownToAModelWithoutIntervals() {
    project.model("core.m", WHOLE, "select id, name\nfrom src.t\nwhere id > :interval_start");
    assertFails(run(), "AFP-TRF-002", "interval_start", "p/tables/core/m.sql:3");
  }

  @Test
  void anUnknownColumnIsReportedWithItsLine() {
    project.model("core.m", WHOLE, "select id,\n  nmae as name\nfrom src.t");
    assertFails(run(), "AFP-TRF-002", "nmae", "p/tables/core/m.sql:2");
  }

  @Test
  void anUnknownTableIsReportedBeforeAnythingRuns() {
    project.model("core.m", WHOLE, "select id, name\nfrom src.tt");
    JsonNode report = run();
    assertFails(report, "AFP-DEF-008", "src.tt", "p/tables/core/m.sql:2");
    assertThat(report.toString()).contains("the nearest is src.t.");
    assertThat(project.ledger("select number::text from afp.attempt")).isEmpty();
  }

  @Test
  void theOutputMustBeTheDeclaredColumns() {
    assertOutput("select id from src.t", "name is declared but not selected");
    assertOutput("select *, 1 as more from src.t", "more is selected but not declared");
    assertOutput(
        "select name, id from src.t",
        "the order differs (declared=[id, name], selected=[name, id])");
    assertOutput("select id, name, id from src.t", "id is selected twice");
    assertOutput(
        "select id, 1.5 as name from src.t",
        "name is declared as string and selected as decimal(2,1)");
    assertOutput(
        "select id, null as name from src.t", "name is declared as string and selected as void");
    assertOutput(
        "select cast(id as bigint) as id, name from src.t",
        "id is declared as int and selected as bigint");
  }

  private void assertOutput(String sql, String difference) {
    project.model("core.m", WHOLE, sql);
    assertFails(run(), "AFP-TRF-003", difference, "p/tables/core/m.sql:0");
  }

  @Test
  void tablesBelowAViewAreReadToo() {
    project.lake().publish("create view src.v as select id, name from src.t where id = 1");
    project.model("core.m", WHOLE, "select * from src.v");
    assertPublished(run());
    assertThat(project.lake("select * from core.m")).containsExactly("1 a");
    assertThat(
            project.ledger(
                """
                select table_namespace || '.' || table_name from afp.step_table
                 where access = 'read' order by 1
                """))
        .containsExactly("src.t", "src.v");
  }

  @Test
  void aQueryThatFailsOnItsDataFailsTheRunWithAReport() {
    project.model(
        "core.m", WHOLE, "select id, if(id = 2, raise_error('no two'), name) as name from src.t");
    JsonNode report = run();
    assertThat(report.get("outcome").asText()).isEqualTo("failed");
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .contains("core.m")
        .contains("no two");
    assertThat(project.ledger("select state from afp.step where phase = 'transform'"))
        .containsExactly("failed");
  }

  private JsonNode run() {
    return project.run(List.of(Phase.TRANSFORM), "--interval", "2024-03");
  }

  private static void assertPublished(JsonNode report) {
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
  }

  private static void assertFails(JsonNode report, String code, String message, String where) {
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith(code)
        .contains(message)
        .endsWith(" at " + where);
  }
}
