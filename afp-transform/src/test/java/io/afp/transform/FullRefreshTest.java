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

/** {@code --full-refresh}: tables from nothing, in one release. */
class FullRefreshTest {

  private static final String BY_MONTH =
      """
      columns: { id: { type: int }, day: { type: date }, v: { type: string } }
      key: [id]
      partition_by: [month(day)]
      write: { interval_column: day }
      """;
  private static final String MONTHS =
      "select id, day, v from src.t where day >= :interval_start and day < :interval_end";
  private static final String REFRESH = "--full-refresh";

  private TestProject project;

  @BeforeEach
  void open(@TempDir Path root) {
    project = new TestProject(root, "interval: { unit: month }");
    project
        .lake()
        .publish(
            "create namespace src",
            """
            create table src.t as select * from values (1, date'2024-01-05', 'a'), (2, date'2024-02-05', 'b'),
              (3, date'2024-03-05', 'c') t(id, day, v)
            """);
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void everythingThatIsDoneAndWhatIsAskedForIsDoneAgainInOneReleaseWithAnotherSchema() {
    project.model("core.m", BY_MONTH, MONTHS);
    published(run("--interval", "2024-01"));
    published(run("--interval", "2024-02"));
    project.model(
        "core.m",
        """
        columns: { day: { type: date }, id: { type: string } }
        key: [id]
        partition_by: [day(day), "bucket(2, id)"]
        write: { interval_column: day, on_schema_change: fail }
        """,
        MONTHS.replace("id, day, v", "day, cast(id as string) as id"));
    JsonNode refused = run("--interval", "2024-02");
    assertThat(TestProject.problems(refused))
        .hasSize(3)
        .allMatch(p -> p.startsWith("AFP-LAKE-003"));

    published(run("--interval", "2024-03", REFRESH));

    assertThat(project.lake("select * from core.m"))
        .containsExactly("2024-01-05 1", "2024-02-05 2", "2024-03-05 3");
    assertThat(project.ledger("select unit || ' ' || release_id from afp.done order by 1"))
        .containsExactly("2024-01 4", "2024-02 4", "2024-03 4");
    assertThat(outcome(run("--interval", "2024-01..2024-03"))).isEqualTo("nothing_to_do");
    assertThat(project.ledger("select distinct request from afp.run order by 1"))
        .containsExactly("2024-01", "2024-02", "2024-03, full refresh");
  }

  @Test
  void withoutAnIntervalEverythingThatIsDoneIsDoneAgain() {
    project.model("core.m", BY_MONTH, MONTHS);
    project.model("core.n", "columns: { n: { type: long } }", "select count(*) as n from core.m");
    published(run("--interval", "2024-01..2024-02"));
    project.lake().publish("insert into src.t values (4, date'2024-02-07', 'd')");
    published(run(REFRESH));
    assertThat(project.lake("select id from core.m")).containsExactly("1", "2", "4");
    assertThat(project.lake("select n from core.n")).containsExactly("3");
  }

  @Test
  void tablesThatReadARefreshedOneAreDoneAgainLater() {
    project.model("core.m", BY_MONTH, MONTHS);
    project.model("core.n", BY_MONTH, MONTHS.replace("src.t", "core.m"));
    published(run("--interval", "2024-01"));
    published(run("--interval", "2024-01", REFRESH, "--select", "core.m"));
    published(run("--interval", "2024-01"));
    assertThat(project.ledger("select table_name || ' ' || inputs[1] from afp.done order by 1"))
        .containsExactly("m table:src.t=1", "n table:core.m=3");
  }

  @Test
  void anotherUnitOfTimeCoversWhatWasDone() {
    project.file("p/pipeline.yaml", "pipeline: p\ninterval: { unit: day }\n");
    project.model("core.m", BY_MONTH.replace("month(day)", "day"), MONTHS);
    published(run("--interval", "2024-01-05"));
    project.file("p/pipeline.yaml", "pipeline: p\ninterval: { unit: month }\n");
    published(run(REFRESH));
    assertThat(project.ledger("select unit from afp.done")).containsExactly("2024-01");
    assertThat(project.lake("select id from core.m")).containsExactly("1");
  }

  @Test
  void aMergedTableIsBuiltAnewInAnotherModeAndBack() {
    String columns =
        """
        columns: { id: { type: int }, day: { type: date }, v: { type: string }, gone: { type: boolean } }
        key: [id]
        """;
    String query = "select id, day, v, id = 3 as gone from src.t";
    String upsert = columns + "write: { mode: upsert, as_of: day, delete_flag: gone }\n";
    project.model("core.m", upsert, query);
    published(run("--interval", "2024-01"));
    assertThat(project.lake("select id from core.m__observed")).containsExactly("3");

    project.model("core.m", columns + "write: { mode: scd2, as_of: day }\n", query);
    assertThat(outcome(run("--interval", "2024-01"))).startsWith("failed[AFP-LAKE-006");
    published(run(REFRESH));
    assertThat(project.lake("select id, valid_from, is_current from core.m"))
        .containsExactly("1 2024-01-05 true", "2 2024-02-05 true", "3 2024-03-05 true");
    assertThat(project.lake("select id, v, __deleted from core.m__observed"))
        .containsExactly("1 a false", "2 b false", "3 c false");

    project.model("core.m", upsert, query);
    published(run(REFRESH));
    assertThat(project.lake("select * from core.m"))
        .containsExactly("1 2024-01-05 a false", "2 2024-02-05 b false");
    assertThat(project.lake("select * from core.m__observed")).containsExactly("3 2024-03-05");
  }

  @Test
  void rowsThatWereAppendedWithoutIntervalsAreAppendedOnce() {
    project.model(
        "core.m",
        "columns: { id: { type: int } }\nwrite: { mode: append }\n",
        "select id from src.t");
    published(run("--interval", "2024-01"));
    published(run(REFRESH));
    assertThat(project.lake("select id from core.m")).containsExactly("1", "2", "3");
  }

  @Test
  void whatAFailedRefreshFinishedIsTakenOverByTheNextTryOfItAndByNothingElse() {
    project.model("core.m", BY_MONTH, MONTHS);
    project.model("core.n", "columns: { n: { type: int } }", "select max(id) as n from core.m");
    published(run("--interval", "2024-01"));
    project.lake().publish("insert into src.t values (4, date'2024-01-07', 'd')");
    String broken = "select if(max(id) = 4, raise_error('four'), 4) as n from core.m";
    project.model("core.n", "columns: { n: { type: int } }", broken);
    assertThat(outcome(run(REFRESH))).startsWith("failed");
    assertThat(outcome(run("--interval", "2024-01"))).startsWith("failed");
    assertThat(takenOver()).isEmpty();

    assertThat(outcome(run(REFRESH))).startsWith("failed");
    project.model("core.n", "columns: { n: { type: int } }", "select 7 as n from core.m");
    published(run(REFRESH));

    assertThat(takenOver()).containsExactly("m true");
    assertThat(project.lake("select id from core.m")).containsExactly("1", "4");
    assertThat(project.ledger("select unit from afp.done where table_name = 'm'"))
        .containsExactly("2024-01");
  }

  private List<String> takenOver() {
    return project.ledger(
        "select table_name || ' ' || full_refresh from afp.step where taken_over_from is not null");
  }

  @Test
  void aRefreshThatIsPublishedIsNotDoneAgainToServeIt() {
    project.model("core.m", BY_MONTH, MONTHS);
    published(run("--interval", "2024-01"));
    published(run(REFRESH));
    project
        .lake()
        .database()
        .useTransaction(
            h -> h.execute("update afp.run set state = 'published' where request like '%refresh'"));
    assertThat(outcome(run(REFRESH)))
        .as("as if killed before the serve")
        .isEqualTo("nothing_to_do");
    published(run(REFRESH));
  }

  private JsonNode run(String... arguments) {
    return project.run(List.of(Phase.TRANSFORM), arguments);
  }

  private static void published(JsonNode report) {
    assertThat(outcome(report)).isEqualTo("published");
  }

  private static String outcome(JsonNode report) {
    return report.get("outcome").asText()
        + TestProject.problems(report).toString().replace("[]", "");
  }
}
