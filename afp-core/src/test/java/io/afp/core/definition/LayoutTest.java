package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {

  private static final String COLUMNS = "columns: { id: { type: long } }\n";

  @TempDir Path root;

  private ProjectFolder project;

  @BeforeEach
  void start() {
    project = new ProjectFolder(root);
  }

  @Test
  void needsAPipelineFile() {
    Assertions.assertThatThrownBy(() -> PipelineReader.read(root.resolve("q")))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_PIPELINE))
        .hasMessage("AFP-DEF-011 Cannot read a pipeline: there is no pipeline.yaml (folder=q)");
  }

  @Test
  void needsATable() {
    assertThat(project.lines())
        .containsExactly(
            "p AFP-DEF-005 Cannot read pipeline p: it has no table -> Add"
                + " tables/<namespace>/<name>.yaml.");
  }

  @Test
  void needsAQueryForATableWithoutFiles() {
    project.table("core.a", COLUMNS);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/core/a.yaml:1 AFP-DEF-005 Cannot fill table core.a: it has neither from nor"
                + " model nor a query -> Add a.sql beside it, from or model.");
  }

  @Test
  void refusesAQueryBesideFiles() {
    project.source("core.a", COLUMNS).file("p/tables/core/a.sql", "select 1");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/core/a.yaml:1 (from) AFP-DEF-010 Cannot fill table core.a: it has from and"
                + " a query (query=p/tables/core/a.sql) -> Keep one of them.");
  }

  @Test
  void aClassFillsATable() {
    project.table("core.a", "model: com.acme.Shop$Carts\n" + COLUMNS);
    assertThat(project.lines()).isEmpty();
    assertThat(project.read().tables().get(0).model())
        .contains(
            new ModelDef.JavaClass(
                "com.acme.Shop$Carts", new Location("p/tables/core/a.yaml", 1, "model")));
  }

  @Test
  void refusesAClassBesideFilesOrAQuery() {
    project
        .source("core.a", COLUMNS + "model: com.acme.Sessions\n")
        .table("core.b", "model: com.acme.Sessions\n" + COLUMNS)
        .file("p/tables/core/b.sql", "select 1");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/core/a.yaml:1 (from) AFP-DEF-010 Cannot fill table core.a: it has from and"
                + " model -> Keep one of them.",
            "p/tables/core/b.yaml:1 (model) AFP-DEF-010 Cannot fill table core.b: it has model and"
                + " a query (query=p/tables/core/b.sql) -> Keep one of them.");
  }

  @Test
  void refusesWhatIsTheNameOfNoClass() {
    project.table("core.a", "model: src/Sessions.java\n" + COLUMNS);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/core/a.yaml:1 (model) AFP-DEF-004 Cannot read model: 'src/Sessions.java' is"
                + " not the name of a class -> Write a class such as com.acme.Sessions.");
  }

  @Test
  void refusesAnEmptyQuery() {
    project.table("core.a", COLUMNS).file("p/tables/core/a.sql", "-- to be done\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/core/a.yaml:1 AFP-DEF-004 Cannot fill table core.a: its query is empty"
                + " (query=p/tables/core/a.sql) -> Write a SELECT that gives the declared columns.");
  }

  @Test
  void refusesAQueryWithoutTable() {
    project.source("raw.a", COLUMNS).file("p/tables/core/b.sql", "select 1");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/core/b.sql AFP-DEF-005 Cannot use p/tables/core/b.sql: there is no b.yaml"
                + " beside it -> Add b.yaml with the columns of the model, or remove the file.");
  }

  @Test
  void takesBothSpellingsOfTheExtension() {
    project.file("p/tables/raw/a.yml", "from: { files: x, format: csv }\n" + COLUMNS);
    assertThat(project.read().tables()).hasSize(1);
  }

  @Test
  void refusesATableInTwoFiles() {
    project.source("raw.a", COLUMNS).file("p/tables/raw/a.yml", COLUMNS);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yml AFP-DEF-006 Cannot use p/tables/raw/a.yml: the table is defined in"
                + " p/tables/raw/a.yaml too -> Keep one of the two files.");
  }

  @Test
  void refusesNamesThatDifferOnlyInCase() {
    project.source("raw.a", COLUMNS).file("p/tables/raw/A.yaml", COLUMNS);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/A.yaml AFP-DEF-006 Cannot use p/tables/raw/A.yaml: the table is defined in"
                + " p/tables/raw/a.yaml too -> Keep one of the two files.");
  }

  @Test
  void refusesAFileWhoseNameIsNoIdentifier() {
    project.source("raw.day-1", COLUMNS);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/day-1.yaml AFP-DEF-004 Cannot use p/tables/raw/day-1.yaml: 'raw.day-1' is"
                + " not the name of a table -> Rename folder and file to lower-case names of"
                + " [a-z][a-z0-9_]*.");
  }

  @Test
  void refusesATableAtAnotherDepth() {
    project
        .source("raw.a", COLUMNS)
        .file("p/tables/b.yaml", COLUMNS)
        .file("p/tables/raw/deep/c.yaml", COLUMNS);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/b.yaml AFP-DEF-013 Cannot use p/tables/b.yaml: it is not at"
                + " tables/<namespace>/<name> -> Move the file to tables/<namespace>/.",
            "p/tables/raw/deep/c.yaml AFP-DEF-013 Cannot use p/tables/raw/deep/c.yaml: it is not at"
                + " tables/<namespace>/<name> -> Move the file to tables/<namespace>/.");
  }

  @Test
  void leavesOtherFilesAlone() {
    project
        .source("raw.a", COLUMNS)
        .file("p/tables/README.md", "notes")
        .file("p/tables/raw/.a.yaml.swp", "x")
        .file("p/tables/raw/.hidden.yaml", "x");
    assertThat(project.lines()).isEmpty();
  }
}
