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

/** {@code mode: view} through the job itself. */
class ViewTest {

  private static final List<Phase> TRANSFORM = List.of(Phase.TRANSFORM);
  private static final List<Phase> GATED = List.of(Phase.TRANSFORM, Phase.QUALITY);
  private static final String COLUMNS =
      "columns: { id: { type: int }, name: { type: string, description: What it's called } }\n";
  private static final String VIEW = COLUMNS + "write: { mode: view }\n";
  private static final String UPPER =
      "with t as (select * from src.t)\nselect id, upper(name) as name from t;\n-- end";

  private TestProject project;

  @BeforeEach
  void open(@TempDir Path root) {
    project = new TestProject(root, "");
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
  void aViewShowsWhatItsQueryGivesNowAndSaysWhatItsColumnsMean() {
    project.model("core.v", VIEW, UPPER);
    published(run());
    project.lake().publish("insert into src.t values (3, 'c')");
    assertThat(project.lake("select * from core.v")).containsExactly("1 A", "2 B", "3 C");
    assertThat(project.lake("describe core.v")).contains("name string What it's called");
    assertThat(
            project.ledger(
                "select table_name || iceberg_type from afp.release_table where release_id = 2"))
        .containsExactly("vVIEW");
  }

  @Test
  void viewsOverViewsAreReadByModelsThatDependOnEverythingBelow() {
    project.model("core.v", VIEW, UPPER);
    project.model("core.w", VIEW, "select id + 10 as id, name from core.v");
    project.model("core.m", COLUMNS, "select * from core.w");
    published(run());
    assertThat(project.lake("select * from core.m")).containsExactly("11 A", "12 B");
    assertThat(
            project.ledger(
                "select table_name from afp.step_table where access = 'read' and step = 'core.m' order by 1"))
        .containsExactly("t", "v", "w");

    assertThat(outcome(run())).isEqualTo("nothing_to_do");
    project.lake().publish("insert into src.t values (3, 'c')");
    published(run());
    assertThat(project.lake("select * from core.m")).containsExactly("11 A", "12 B", "13 C");
  }

  @Test
  void aModelThatReadsAViewNoticesWhatIsBelowItWithoutTheView() {
    project.model("core.a", COLUMNS, "select id, name from src.t");
    project.model("core.v", VIEW, "select id, name from core.a");
    project.model("core.m", COLUMNS, "select id, name from core.v");
    published(run());
    project.lake().publish("insert into src.t values (3, 'c')");
    published(run("--select", "core.a,core.m"));
    assertThat(project.lake("select id from core.m")).containsExactly("1", "2", "3");
    published(run());
    assertThat(made(5)).as("the view is judged again, and shows nothing new").containsExactly("v");
  }

  @Test
  void aChangedTextOfAViewMakesWhatReadsItStale() {
    project.model("core.v", VIEW, "select id, name from src.t");
    project.model("core.m", COLUMNS, "select id, name from core.v");
    project.model("core.other", COLUMNS, "select id, name from src.t");
    published(run());
    project.model("core.v", VIEW, "select id, name from src.t where id > 1");
    published(run());
    assertThat(project.lake("select id from core.m")).containsExactly("2");
    assertThat(made(3)).containsExactly("m", "v");
    assertThat(outcome(run())).isEqualTo("nothing_to_do");
  }

  private List<String> made(int release) {
    return project.ledger(
        "select table_name from afp.release_table where release_id = %d order by 1"
            .formatted(release));
  }

  @Test
  void whatReadsAViewOfAnotherPipelineByIntervalIsStaleWhereTheTablesBelowChanged() {
    String byMonth =
        """
        columns: { id: { type: int }, day: { type: date } }
        partition_by: [month(day)]
        write: { mode: replace, interval_column: day }
        """;
    String query = "select id, day from %s where day >= :interval_start and day < :interval_end";
    project.file("p/pipeline.yaml", "pipeline: p\ninterval: { unit: month, zone: UTC }\n");
    project.file("q/pipeline.yaml", "pipeline: q\ninterval: { unit: month, zone: UTC }\n");
    project.lake().publish("create table src.d as select 1 as id, date'2024-01-05' as day");
    project.model("core.a", byMonth, query.formatted("src.d"));
    project.model(
        "core.v",
        "columns: { id: { type: int }, day: { type: date } }\nwrite: { mode: view }\n",
        "select id, day from core.a");
    project.file("q/tables/mart/m.yaml", byMonth);
    project.file("q/tables/mart/m.sql", query.formatted("lake.core.v"));
    published(run("--interval", "2024-01"));
    published(project.runIn("q", TRANSFORM, "--interval", "2024-01"));

    project.lake().publish("insert into src.d values (2, date'2024-02-05')");
    published(run("--interval", "2024-02"));
    published(project.runIn("q", TRANSFORM, "--interval", "2024-01..2024-02"));

    assertThat(project.lake("select id from mart.m")).containsExactly("1", "2");
    assertThat(
            project.ledger(
                "select unit || ' ' || release_id from afp.done where table_name = 'm' order by 1"))
        .as("January is not done again")
        .containsExactly("2024-01 4", "2024-02 7");
  }

  @Test
  void aViewIsJudgedByAScanOfItsRowsAndWhatFilesTellByTheirCounts() {
    String checked =
        """
        columns:
          id:   { type: int, required: true, checks: [ { between: [1, 1] } ] }
          name: { type: string, checks: [ { matches: "[a-z]" } ] }
        key: [name]
        write: { mode: view }
        checks: [ { rows: { min: 2 } } ]
        """;
    project.model("core.v", checked, "select id, 'x' as name from src.t");
    JsonNode report = project.run(GATED);
    assertThat(TestProject.problems(report))
        .hasSize(2)
        .allMatch(p -> p.startsWith("AFP-QUA-001"))
        .anyMatch(p -> p.contains("core.v.id.between"))
        .anyMatch(p -> p.contains("core.v.key"));
    assertThat(
            project.ledger(
                "select check_name || ' ' || status || ' ' || origin from afp.check_result order by 1"))
        .containsExactly(
            "core.v.id.between failed scan",
            "core.v.id.required passed metadata",
            "core.v.key failed scan",
            "core.v.name.matches passed scan",
            "core.v.rows passed metadata");
    assertThat(project.ledger("select table_name from iceberg_tables where catalog_name = 'lake'"))
        .containsExactly("t");
  }

  @Test
  void theColumnsOfAViewAreTheDeclaredOnes() {
    project.model("core.v", VIEW, "select id, id as name from src.t");
    assertThat(outcome(run()))
        .contains("AFP-TRF-003", "name is declared as string and selected as int");
  }

  @Test
  void aViewHasNoParametersWhereverTheyStand() {
    project.model(
        "core.v",
        VIEW,
        """
        with t as (
          select * from src.t where id > :interval_start)
        select id, name from t
        where id in (select id from src.t where id < :interval_end)
        """);
    assertThat(TestProject.problems(run()))
        .hasSize(2)
        .allMatch(
            p -> p.startsWith("AFP-DEF-010 Cannot make core.v a view: its query has a parameter"))
        .anyMatch(p -> p.contains("(parameter=:interval_start) at p/tables/core/v.sql:2"))
        .anyMatch(p -> p.contains("(parameter=:interval_end) at p/tables/core/v.sql:4"));
  }

  @Test
  void aViewTakesThePlaceOfATableOnlyByAFullRefreshAndSoDoesTheReverse() {
    project.model("core.v", COLUMNS, "select id, name from src.t");
    published(run());
    project.model("core.v", VIEW, "select id, name from src.t");
    assertThat(outcome(run())).contains("AFP-LAKE-006 Cannot make view core.v: it is a table");
    assertThat(project.lake("select id from core.v")).containsExactly("1", "2");
    published(run("--full-refresh"));
    project.lake().publish("insert into src.t values (3, 'c')");
    assertThat(project.lake("select id from core.v")).containsExactly("1", "2", "3");

    project.model("core.v", COLUMNS, "select id, name from src.t");
    assertThat(outcome(run())).contains("AFP-LAKE-006 Cannot write table core.v: it is a view");
    published(run("--full-refresh"));
    project.lake().publish("insert into src.t values (4, 'd')");
    assertThat(project.lake("select id from core.v")).containsExactly("1", "2", "3");
    String branch = "old";
    project.lake().branches().createAsOf(branch, 2);
    assertThat(
            project
                .lake()
                .sessionFactory()
                .reading(project.lake().onMain(), branch)
                .table("core.v")
                .count())
        .as("the table of the older release")
        .isEqualTo(2);
  }

  private JsonNode run(String... arguments) {
    return project.run(TRANSFORM, arguments);
  }

  private static void published(JsonNode report) {
    assertThat(outcome(report)).isEqualTo("published");
  }

  private static String outcome(JsonNode report) {
    return report.get("outcome").asText()
        + TestProject.problems(report).toString().replace("[]", "");
  }
}
