package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllAtOnceTest {

  @TempDir Path root;

  private ProjectFolder project;

  @BeforeEach
  void breakEverything() {
    project =
        new ProjectFolder(root)
            .pipeline("pipeline: P\nonwer: me\ninterval: { unit: week }\n")
            .table(
                "raw.a",
                """
                from: { files: "${interval:bad}.csv" }
                columns:
                  id: { type: long, required: true }
                  id: { type: int }
                  when: { type: moment }
                key: [id, whem]
                write: { interval_column: id }
                rejects: { at_most: 1 }
                """)
            .model(
                "core.b",
                """
                columns:
                  id: { type: long, checks: [ { references: raw.a.di }, { refernces: raw.a.id } ] }
                checks: [ { rows: { min: x } } ]
                serve: { postgres: nowhere, indexes: [id] }
                """)
            .table("core.c", "columns: {")
            .file("p/tables/d.yaml", "")
            .file("p/tables/core/e.sql", "select 1");
  }

  @Test
  void problemsOfAllFilesComeTogetherInTheOrderOfTheirPlaces() {
    assertThat(project.problems())
        .extracting(p -> p.location() + " " + p.code().code())
        .containsExactly(
            "p/pipeline.yaml:1 (pipeline) AFP-DEF-004",
            "p/pipeline.yaml:2 (onwer) AFP-DEF-002",
            "p/pipeline.yaml:3 (interval.unit) AFP-DEF-004",
            "p/tables/core/b.yaml:2 (columns.id.checks[1].refernces) AFP-DEF-002",
            "p/tables/core/b.yaml:2 (columns.id.checks[0].references) AFP-DEF-007",
            "p/tables/core/b.yaml:3 (checks[0].rows.min) AFP-DEF-004",
            "p/tables/core/b.yaml:4 (serve.postgres) AFP-DEF-004",
            "p/tables/core/b.yaml:4 (serve.indexes[0]) AFP-DEF-004",
            "p/tables/core/c.yaml:1 AFP-DEF-001",
            "p/tables/core/e.sql AFP-DEF-005",
            "p/tables/d.yaml AFP-DEF-013",
            "p/tables/raw/a.yaml:1 (from) AFP-DEF-003",
            "p/tables/raw/a.yaml:1 (from.files) AFP-DEF-004",
            "p/tables/raw/a.yaml:4 (columns.id) AFP-DEF-012",
            "p/tables/raw/a.yaml:5 (columns.when.type) AFP-DEF-004",
            "p/tables/raw/a.yaml:6 (key[1]) AFP-DEF-007",
            "p/tables/raw/a.yaml:7 (write.interval_column) AFP-DEF-010",
            "p/tables/raw/a.yaml:8 (rejects.at_most) AFP-DEF-004");
  }

  @Test
  void everyProblemSaysWhatToDo() {
    assertThat(project.problems()).extracting(Problem::fix).doesNotContain("");
    assertThat(project.problems())
        .extracting(Problem::message)
        .allMatch(m -> m.startsWith("Cannot "));
  }

  @Test
  void readingEndsWithAllOfThem() {
    assertThatThrownBy(project::read)
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.problems()).isEqualTo(project.problems()))
        .hasMessageEndingWith("(and 17 more)");
  }
}
