package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRulesTest {

  @TempDir Path root;

  private ProjectFolder project;

  @BeforeEach
  void start() {
    project = new ProjectFolder(root);
  }

  @Test
  void aNameIsThereOnce() {
    project.source(
        "raw.a",
        """
        columns:
          id: { type: long, checks: [ { in: [1] }, { in: [2] }, { name: mine, between: [1, ~] } ] }
        checks:
          - { name: mine, sql: "id > 0" }
        """);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (columns.id.checks[1]) AFP-DEF-012 Cannot use check name"
                + " raw.a.id.in: it is there twice in raw.a -> Give this check a name of its own.",
            "p/tables/raw/a.yaml:5 (checks[0]) AFP-DEF-012 Cannot use check name mine: it is there"
                + " twice in raw.a -> Give this check a name of its own.");
  }

  @Test
  void aCheckIsOneRule() {
    project.source(
        "raw.a",
        """
        columns:
          id: { type: long, checks: [ { in: [1], between: [1, 2] }, { name: x } ] }
        """);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (columns.id.checks[0]) AFP-DEF-010 Cannot read"
                + " columns.id.checks[0]: in, between are there together -> Write exactly one of in,"
                + " between, references.",
            "p/tables/raw/a.yaml:3 (columns.id.checks[1]) AFP-DEF-003 Cannot read"
                + " columns.id.checks[1]: none of in, between, references is there -> Write exactly"
                + " one of in, between, references.");
  }

  @Test
  void aNumberOfRowsHasNoShare() {
    project.source(
        "raw.a",
        "columns: { id: { type: long } }\nchecks: [ { rows: { min: 1 }, at_least: 9% } ]\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (checks[0].at_least) AFP-DEF-010 Cannot use at_least for rows in"
                + " raw.a: a number of rows has no share -> Remove at_least.");
  }

  @Test
  void aReferenceLeadsToATableOfTheProject() {
    project
        .source(
            "raw.a", "columns:\n  id: { type: long, checks: [ { references: core.plan.id } ] }\n")
        .file("q/pipeline.yaml", "pipeline: q\n")
        .file("q/tables/core/plane.yaml", "columns: { id: { type: long } }\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (columns.id.checks[0].references) AFP-DEF-008 Cannot refer to"
                + " table core.plan: no pipeline of the project defines it -> Did you mean"
                + " 'core.plane'?");
  }

  @Test
  void aReferenceLeadsToAColumn() {
    project
        .source(
            "raw.a", "columns:\n  id: { type: long, checks: [ { references: core.plane.ID } ] }\n")
        .file("q/pipeline.yaml", "pipeline: q\n")
        .file("q/tables/core/plane.yaml", "columns: { id: { type: long } }\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (columns.id.checks[0].references) AFP-DEF-007 Cannot refer to"
                + " column ID of core.plane: the table has no such column -> Did you mean 'id'?");
  }

  @Test
  void aReferenceToATableThatCanNotBeReadPasses() {
    project
        .source(
            "raw.a", "columns:\n  id: { type: long, checks: [ { references: core.plane.id } ] }\n")
        .file("q/pipeline.yaml", "pipeline: q\n")
        .file("q/tables/core/plane.yaml", "columns: {");
    assertThat(project.lines()).isEmpty();
  }

  @Test
  void twoTablesAreNotServedUnderOneName() {
    String table = "columns: { id: { type: long } }\nserve: { postgres: mart.x }\n";
    project.source("raw.a", table).source("raw.b", table);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/b.yaml:3 (serve.postgres) AFP-DEF-012 Cannot serve raw.b as mart.x: raw.a is"
                + " served there -> Serve it under a name of its own.");
  }
}
