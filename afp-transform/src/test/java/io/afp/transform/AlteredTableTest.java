package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.catalog.Pointer;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that were altered on main behind the back of their pipeline. */
class AlteredTableTest {

  private static final String COLUMNS =
      """
      columns: { id: { type: int }, at: { type: int } }
      key: [id]
      """;
  private static final String UPSERT = COLUMNS + "write: { mode: upsert, as_of: at }\n";
  private static final String QUERY = "select id, at from src.t";

  private TestProject project;

  @BeforeEach
  void open(@TempDir Path root) {
    project = new TestProject(root, "");
    project.lake().publish("create namespace src", "create table src.t as select 1 as id, 1 as at");
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void aColumnThatWasAddedByHandIsRefusedAndStays() {
    project.model("core.m", COLUMNS, QUERY);
    assertThat(outcome(run())).isEqualTo("published");
    alter("alter table core.m add column extra int");
    assertRefused("AFP-LAKE-003", "column extra is in the table but not declared");
    assertThat(project.lake("select * from core.m")).containsExactly("1 1 null");
  }

  @Test
  void aColumnThatWasAddedByHandIsDroppedWhereThatIsDeclared() {
    project.model("core.m", COLUMNS + "write: { on_schema_change: sync }\n", QUERY);
    assertThat(outcome(run())).isEqualTo("published");
    alter("alter table core.m add column extra int");
    assertThat(outcome(run())).isEqualTo("published");
    assertThat(project.lake("select * from core.m")).containsExactly("1 1", "2 1");
  }

  @Test
  void aRenamedColumnIsRefusedWithBothItsNames() {
    project.model("core.m", COLUMNS + "write: { on_schema_change: fail }\n", QUERY);
    assertThat(outcome(run())).isEqualTo("published");
    alter("alter table core.m rename column at to seen");
    assertRefused(
        "AFP-LAKE-003",
        "column at is declared but not in the table",
        "column seen is in the table but not declared");
  }

  @Test
  void otherPartitionsAreRefused() {
    project.model("core.m", COLUMNS, QUERY);
    assertThat(outcome(run())).isEqualTo("published");
    alter("alter table core.m add partition field bucket(2, id)");
    assertRefused("AFP-LAKE-003", "its partitioning changed (from=[bucket[2](id)], to=[])");
  }

  @Test
  void whatAMergeDependsOnMustNotBeTakenAway() {
    project.model("core.m", UPSERT, QUERY);
    assertThat(outcome(run())).isEqualTo("published");
    alter("alter table core.m unset tblproperties ('afp.merge')");
    assertRefused("AFP-LAKE-006", "(was=not merged, now=upsert key=[id] as_of=at)");
  }

  @Test
  void deleteFilesThatAreSwitchedOnByHandAreSwitchedOff() {
    project.model("core.m", UPSERT, QUERY);
    assertThat(outcome(run())).isEqualTo("published");
    alter(
        "alter table core.m set tblproperties ('write.merge.mode'='merge-on-read')",
        "update src.t set at = 5");
    assertThat(outcome(run())).isEqualTo("published");
    assertThat(project.lake("select * from core.m")).containsExactly("1 5", "2 1");
  }

  @Test
  void rowsThatWereChangedByHandAreNotMergedWithUntilTheTableIsBuiltAnew() {
    project.model("core.m", UPSERT, QUERY);
    assertThat(outcome(run())).isEqualTo("published");
    alter("insert into core.m values (1, 9)");
    assertRefused("AFP-LAKE-008", "rows of it were changed by something else than a run");
    assertThat(outcome(project.run(List.of(Phase.TRANSFORM), "--full-refresh")))
        .isEqualTo("published");
    assertThat(project.lake("select * from core.m")).containsExactly("1 1", "2 1");
  }

  @Test
  void rowsOfAnotherEngineInATableThatNobodyOwnsAreNotMergedWith() {
    project.lake().publish("create namespace core", "create table core.m as select 7 id, 7 at");
    project.model("core.m", UPSERT, QUERY);
    assertRefused("AFP-LAKE-006", "(was=not merged, now=upsert key=[id] as_of=at)");
    assertThat(project.lake("select * from core.m")).containsExactly("7 7");
    assertThat(project.ledger("select table_name from afp.owned_table")).isEmpty();
  }

  @Test
  void rowsOfAnotherEngineInATableThatNobodyOwnsAreReplacedWhereThatIsDeclared() {
    project.lake().publish("create namespace core", "create table core.m as select 7 id, 7 at");
    project.model("core.m", COLUMNS, QUERY);
    assertThat(outcome(run())).isEqualTo("published");
    assertThat(project.lake("select * from core.m")).containsExactly("1 1");
    assertThat(project.ledger("select table_name from afp.owned_table")).containsExactly("m");
  }

  /** As if by hand, past the guard of the catalog; and there is something to do. */
  private void alter(String... statements) {
    project.lake().publish(statements);
    project.lake().publish("insert into src.t values (2, 1)");
  }

  private void assertRefused(String code, String... messages) {
    List<Pointer> main = project.lake().branches().reachable().main();
    JsonNode report = run();
    assertThat(report.get("exit").asInt()).isEqualTo(78);
    List<String> problems = TestProject.problems(report);
    assertThat(problems).hasSameSizeAs(messages).allMatch(p -> p.startsWith(code));
    for (String message : messages) {
      assertThat(problems).anyMatch(p -> p.contains(message) && p.contains("p/tables/core/m.yaml"));
    }
    assertThat(project.lake().branches().reachable().main()).as("main").isEqualTo(main);
  }

  private JsonNode run() {
    return project.run(List.of(Phase.TRANSFORM));
  }

  private static String outcome(JsonNode report) {
    return report.get("outcome").asText()
        + TestProject.problems(report).toString().replace("[]", "");
  }
}
