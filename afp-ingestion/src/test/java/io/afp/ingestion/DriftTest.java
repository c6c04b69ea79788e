package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose columns change, through the job itself. */
class DriftTest {

  private TestProject project;

  @BeforeEach
  void open(@TempDir Path root) {
    project = new TestProject(root, "interval: { unit: month, zone: UTC }");
    table("");
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void aNewColumnIsNotLoadedUnlessSomethingElseIsDeclared() {
    month("2024-01", "id,name,day", "1,a,2024-01-31");
    published("2024-01");
    month("2024-02", "id,name,city,day", "2,b,Oslo,2024-02-01");
    JsonNode report = published("2024-02");

    assertThat(project.lake("select * from raw.t"))
        .containsExactly("1 a 2024-01-31", "2 b 2024-02-01");
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith("AFP-ING-005 The source of raw.t has changed: column city is new; it is not")
        .contains("(interval=2024-02)");
    assertThat(changes()).containsExactly("2 2024-02 new city discard 2");
    month("2024-03", "id,name,city,day", "3,c,Rome,2024-03-01");
    assertThat(TestProject.problems(published("2024-03"))).as("it is known now").isEmpty();
    assertThat(versions()).containsExactly("1 2024-01 first", "2 2024-02 new");
  }

  @Test
  void aFrozenTableIsNotWrittenAndLeavesNoVersion() {
    table("drift: freeze");
    month("2024-01", "id,name,day", "1,a,2024-01-31");
    published("2024-01");
    month("2024-02", "id,name,day", "2,b,2024-02-01");
    month("2024-03", "id,name,city,zip,day", "3,c,Rome,1,2024-03-01");
    JsonNode report = run("2024-02..2024-03");

    assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(65);
    assertThat(TestProject.problems(report)).hasSize(2);
    assertThat(TestProject.problems(report).get(0))
        .startsWith(
            "AFP-ING-005 Cannot load table raw.t: column city of the source is not declared")
        .contains("type=string, files=1 of 2, first=", "2024-03.csv");
    assertThat(report.toString()).contains("drift: { new_columns: discard }");
    assertThat(versions()).containsExactly("1 2024-01 first");
    assertThat(project.lake("select id from raw.t")).containsExactly("1");
  }

  @Test
  void aNewColumnEvolvesAndStaysWhenTheSourceLosesItAgain() {
    table("drift: evolve");
    month("2024-01", "id,name,day", "1,a,2024-01-31");
    month("2024-02", "id,name,city,day", "2,b,Oslo,2024-02-01");
    month("2024-03", "day,id,name", "2024-03-01,3,c");
    published("2024-01..2024-02");
    published("2024-03");

    assertThat(project.lake("select id, city from raw.t"))
        .containsExactly("1 null", "2 Oslo", "3 null");
    assertThat(changes())
        .containsExactly(
            "2 2024-02 new city evolve 1",
            "3 2024-03 gone city evolve 2",
            "3 2024-03 order  evolve 2");
    assertThat(run("2024-01..2024-03").get("outcome").asText())
        .as("evolving makes nothing stale")
        .isEqualTo("nothing_to_do");
    assertThat(project.run(List.of(Phase.INGEST), "--restate", "--interval", "2024-01").get("exit"))
        .as("an older interval")
        .hasToString("0");
    assertThat(versions()).as("is compared with its own time").hasSize(3);
  }

  @Test
  void anotherOrderIsLoadedByNameAndStopsAFrozenTable() {
    month("2024-01", "id,name,day", "1,a,2024-01-31");
    published("2024-01");
    table("drift: { reordered_columns: freeze }");
    month("2024-02", "id,day,city,name", "2,2024-02-01,Oslo,b");
    assertThat(TestProject.problems(run("2024-02")))
        .singleElement()
        .asString()
        .startsWith("AFP-ING-005 Cannot load table raw.t: the source has its columns in another")
        .contains("(day is before name now, files=1 of 1, first=", "2024-02.csv");
    assertThat(versions()).containsExactly("1 2024-01 first");

    table("");
    published("2024-02");
    assertThat(project.lake("select * from raw.t"))
        .containsExactly("1 a 2024-01-31", "2 b 2024-02-01");
    assertThat(changes())
        .containsExactly("2 2024-02 new city discard 2", "2 2024-02 order  discard 2");
    table("drift: { reordered_columns: freeze }");
    month("2024-03", "id,day,name", "3,2024-03-01,c");
    published("2024-03");
  }

  @Test
  void keysOfObjectsHaveNoOrder() {
    project.table(
        "raw.j",
        """
        from: { files: "*.jsonl", format: jsonl }
        columns: { id: { type: int }, name: { type: string } }
        drift: { reordered_columns: freeze }
        """);
    month("2024-01", "id,name,day", "1,a,2024-01-31");
    project.file("p/a.jsonl", "{\"name\": \"a\", \"id\": 1}\n{\"id\": 2, \"name\": \"b\"}\n");
    published("2024-01");
    project.table(
        "raw.j",
        """
        from: { files: "*.jsonl", format: jsonl }
        columns: { name: { type: string }, id: { type: int } }
        drift: { reordered_columns: freeze }
        """);
    published("2024-01");
    assertThat(project.ledger("select kind from afp.v_schema_change where table_name = 'raw.j'"))
        .isEmpty();
  }

  @Test
  void aPlanSaysWhatWillBecomeOfTheColumnsAndWhetherTheyStopTheRun() {
    month("2024-01", "id,name,day", "1,a,2024-01-31");
    published("2024-01");
    month("2024-02", "id,day,city", "2,2024-02-01,Oslo");
    JsonNode frozen = project.planReport("--interval", "2024-02");
    assertThat(frozen.get("exit").asInt()).as("a plan itself has not failed").isZero();
    assertThat(frozen.at("/data/steps/0/stopped_by").toString())
        .contains("Cannot load table raw.t: the source lacks column name; it had it before");
    assertThat(TestProject.problems(frozen)).singleElement().asString().startsWith("AFP-ING-003");

    table("drift: { new_columns: evolve, missing_columns: discard }");
    JsonNode plan = project.planReport("--interval", "2024-02");
    assertThat(plan.at("/data/steps/0/stopped_by")).isEmpty();
    assertThat(planned(plan))
        .containsExactly(
            "2024-02 new city evolve column city is new; it is loaded as string",
            "2024-02 gone name discard column name is gone; it is null where it is missing");
    assertThat(versions()).as("nothing is written").containsExactly("1 2024-01 first");

    month("2024-02", "day,id,name", "2024-02-01,2,b");
    assertThat(planned(project.planReport("--interval", "2024-02")))
        .containsExactly(
            "2024-02 order null discard the columns are in another order (day is before id now);"
                + " they are read by name");
    project.file("p/2024-02.csv", "");
    assertThat(project.planReport("--interval", "2024-02").at("/data/steps/0/stopped_by"))
        .as("a file that can't be read")
        .hasSize(1);

    month("2024-03", "day,id,city", "2024-03-01,3,Rome");
    List<String> foreseen = planned(project.planReport("--interval", "2024-03"));
    published("2024-03");
    assertThat(foreseen)
        .as("the ledger has what the plan said")
        .hasSize(3)
        .isEqualTo(
            project.ledger(
                """
                select concat_ws(' ', unit, kind, coalesce(nullif(column_name, ''), 'null'), policy, change)
                  from afp.v_schema_change
                """));
  }

  @Test
  void ofManyFilesAPlanLooksAtSomeTheLastAmongThem() {
    project.table(
        "raw.m",
        """
        from: { files: "many/*.csv", format: csv }
        columns: { id: { type: int } }
        """);
    for (int i = 1; i <= 60; i++) {
      project.file("p/many/%02d.csv".formatted(i), i < 60 ? "id\n1\n" : "id,city\n1,Oslo\n");
    }
    JsonNode step =
        project.planReport("--interval", "2024-01", "--select", "raw.m").at("/data/steps/0");
    assertThat(step.get("files").asInt()).isEqualTo(60);
    assertThat(step.get("files_looked_at").asInt()).isEqualTo(50);
    assertThat(step.get("source_columns").toString())
        .contains("column city is new, in some files; it is not declared and not loaded");
  }

  private static List<String> planned(JsonNode plan) {
    List<String> changes = new ArrayList<>();
    for (JsonNode change : plan.at("/data/steps/0/source_columns")) {
      changes.add(
          Stream.of("unit", "kind", "column", "policy", "change")
              .map(field -> change.get(field).asText())
              .collect(Collectors.joining(" ")));
    }
    return changes;
  }

  @Test
  void aDeclarationTakesAnEvolvedColumnOverWhenItsTypeFits() {
    table("drift: { new_columns: evolve }");
    month("2024-01", "id,name,city,day", "1,a,77,2024-01-31");
    published("2024-01");
    table("drift: { new_columns: evolve }", "city: { type: int }");
    JsonNode refused = run("2024-01");
    assertThat(TestProject.problems(refused))
        .singleElement()
        .asString()
        .startsWith("AFP-LAKE-003 Cannot bring table raw.t to its declaration: column city can't");
    assertThat(refused.toString()).contains("Its source brought column city as string");

    table("", "city: { type: string, required: true }");
    published("2024-01");
    assertThat(project.lake("select city from raw.t")).containsExactly("77");
    table("");
    assertThat(TestProject.problems(run("2024-01")))
        .as("from then on it is like any other")
        .singleElement()
        .asString()
        .contains("column city is in the table but not declared");
  }

  @Test
  void anEvolvedColumnIsNoLongerLetInWhenThePolicyChanges() {
    table("drift: evolve");
    month("2024-01", "id,name,city,day", "1,a,Oslo,2024-01-31");
    published("2024-01");
    table("");
    assertThat(run("2024-01").toString())
        .contains("column city is in the table but not declared", "let drift evolve again");
    JsonNode report = project.run(List.of(Phase.INGEST), "--full-refresh");
    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a 2024-01-31");
  }

  @Test
  void aFullRefreshBringsTheColumnsOfAllFilesAnew() {
    table("drift: evolve");
    month("2024-01", "id,name,city,day", "1,a,Oslo,2024-01-31");
    published("2024-01");
    month("2024-01", "id,name,zip,day", "1,a,12,2024-01-31");
    JsonNode report = project.run(List.of(Phase.INGEST), "--full-refresh");

    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a 2024-01-31 12");
    assertThat(changes()).contains("2 2024-01 new zip evolve 2", "2 2024-01 gone city  2");
  }

  @Test
  void aColumnThatCannotBeOneIsNotLoadedAndSaidSo() {
    table("drift: evolve");
    month("2024-01", "id,name,Dep Time,day", "1,a,?,2024-01-31");
    assertThat(TestProject.problems(published("2024-01")))
        .singleElement()
        .asString()
        .contains(
            "Column dep time of the source of raw.t is not loaded: no column can have its name");
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a 2024-01-31");
  }

  private void table(String drift, String... more) {
    project.table(
        "raw.t",
        """
        from: { files: "${interval:yyyy-MM}.csv", format: csv }
        columns:
          id:   { type: int, required: true }
          name: { type: string }
          day:  { type: date, required: true }
        %s
        write: { interval_column: day }
        partition_by: [month(day)]
        %s
        """
            .formatted(List.of(more).stream().map("  "::concat).reduce("", String::concat), drift));
  }

  @Test
  void aColumnThatIsDroppedOnReadIsNotNew() {
    project.table(
        "raw.t",
        """
        from: { files: "${interval:yyyy-MM}.csv", format: csv }
        columns:
          id: { type: int, required: true }
          name: { type: string, pii: drop }
          day: { type: date, required: true }
        write: { interval_column: day }
        partition_by: [month(day)]
        """);
    month("2024-01", "id,name,day", "1,a,2024-01-31");
    published("2024-01");

    assertThat(project.lake("select * from raw.t")).containsExactly("1 2024-01-31");
    assertThat(changes()).isEmpty();
  }

  @Test
  void aRunThatIsPublishedInPartWarnsOfTheTablesThatItPublishes() {
    month("2024-01", "id,name,day", "1,a,2024-01-31");
    published("2024-01");
    project.table(
        "raw.other",
        """
        from: { files: "${interval:yyyy-MM}.csv", format: csv }
        columns: { number: { type: int, required: true }, day: { type: date, required: true } }
        write: { interval_column: day }
        partition_by: [month(day)]
        """);
    month("2024-02", "id,name,city,day", "2,b,Oslo,2024-02-01");
    JsonNode report =
        project.run(List.of(Phase.INGEST), "--interval", "2024-02", "--publish-partial");

    assertThat(report.get("outcome").asText()).isEqualTo("published_in_part");
    assertThat(project.lake("select * from raw.t"))
        .containsExactly("1 a 2024-01-31", "2 b 2024-02-01");
    assertThat(TestProject.problems(report))
        .anyMatch(problem -> problem.startsWith("AFP-ING-003 Cannot load table raw.other: "))
        .anyMatch(problem -> problem.contains("column city is new; it is not declared"));
  }

  private JsonNode published(String interval) {
    JsonNode report = run(interval);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    return report;
  }

  private JsonNode run(String interval) {
    return project.run(List.of(Phase.INGEST), "--interval", interval);
  }

  private void month(String month, String... lines) {
    project.file("p/" + month + ".csv", String.join("\n", lines) + "\n");
  }

  private List<String> versions() {
    return project.ledger(
        """
        select version || ' ' || unit || ' ' || (changes -> 0 ->> 'kind') from afp.schema_version order by version
        """);
  }

  private List<String> changes() {
    return project.ledger(
        """
        select version || ' ' || unit || ' ' || kind || ' ' || column_name || ' ' || policy || ' ' || release_id
          from afp.v_schema_change where table_name = 'raw.t' and pipeline = 'p'
         order by version, kind = 'order'
        """);
  }
}
