package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {

  private static final String TABLE =
      "from: { files: x, format: csv }\ncolumns: { id: { type: long } }\n";

  @TempDir Path root;

  @Test
  void isTheNearestFolderWithSettings() {
    new ProjectFolder(root);
    assertThat(Project.at(root.resolve("p")).root()).isEqualTo(root);
    assertThat(Project.at(root.resolve("p/../p/tables")).root()).isEqualTo(root);
    assertThat(Project.at(root).home()).isEqualTo(root.resolve(".afp"));
  }

  @Test
  void isTheFolderItselfWithoutSettings() {
    assertThat(Project.at(root.resolve("p")).root()).isEqualTo(root.resolve("p"));
  }

  @Test
  void findsPipelinesBelowItsRoot() {
    new ProjectFolder(root)
        .file("a/deep/er/pipeline.yaml", "")
        .file("p/nested/pipeline.yaml", "")
        .file("a/target/x/pipeline.yaml", "")
        .file(".afp/x/pipeline.yaml", "")
        .file("other/afp.yaml", "")
        .file("other/q/pipeline.yaml", "");
    assertThat(Project.at(root).pipelines())
        .as("not below hidden folders, target and another project, and not inside another pipeline")
        .containsExactly(root.resolve("a/deep/er"), root.resolve("p"));
  }

  @Test
  void mayBeAPipelineItself() {
    new ProjectFolder(root).file("pipeline.yaml", "");
    assertThat(Project.at(root).pipelines()).containsExactly(root);
  }

  @Test
  void hasNoPipelinesWhereThereIsNothing() {
    assertThat(new Project(root.resolve("nowhere")).pipelines()).isEmpty();
  }

  @Test
  void namesFilesFromItsRootWhenTheWorkingDirectoryIsElsewhere() {
    assertThat(new Project(root).nameOf(root.resolve("p/pipeline.yaml")))
        .isEqualTo("p/pipeline.yaml");
  }

  @Test
  void namesFilesFromTheWorkingDirectoryWhenThatIsRelated() {
    Project above = new Project(Path.of("..").toAbsolutePath());
    assertThat(above.nameOf(Path.of("x/pipeline.yaml"))).isEqualTo("x/pipeline.yaml");
    assertThat(above.nameOf(Path.of("../y.yaml"))).isEqualTo("../y.yaml");
  }

  @Test
  void refusesATableOfTwoPipelines() {
    ProjectFolder project =
        new ProjectFolder(root)
            .table("raw.a", TABLE)
            .file("q/pipeline.yaml", "pipeline: q\n")
            .file("q/tables/raw/a.yaml", TABLE);
    String message = "AFP-DEF-006 Cannot define table raw.a: another pipeline defines it (file=";
    String fix = ") -> Keep one of the two; two pipelines never write one table.";
    String ofP = "p/tables/raw/a.yaml:1 " + message + "q/tables/raw/a.yaml" + fix;
    String ofQ = "q/tables/raw/a.yaml:1 " + message + "p/tables/raw/a.yaml" + fix;
    assertThat(project.lines()).containsExactly(ofP);
    assertThat(new Project(root).check().problems().stream().map(ProjectFolder::line))
        .containsExactly(ofP, ofQ);
  }

  @Test
  void refusesTwoPipelinesOfOneName() {
    new ProjectFolder(root)
        .table("raw.a", TABLE)
        .file("q/pipeline.yaml", "pipeline: p\n")
        .file("q/tables/raw/b.yaml", TABLE);
    assertThat(new Project(root).check().problems().stream().map(ProjectFolder::line))
        .containsExactly(
            "q/pipeline.yaml (pipeline) AFP-DEF-012 Cannot use pipeline name p: p/pipeline.yaml has"
                + " it too -> Give this pipeline a name of its own.");
  }
}
