package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.error.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnRulesTest {

  private static final String COLUMNS =
      "columns:\n  id: { type: long, required: true }\n  day: { type: date, required: true }\n";

  @TempDir Path root;

  private ProjectFolder project;

  @BeforeEach
  void start() {
    project = new ProjectFolder(root);
  }

  @Test
  void aTableHasColumns() {
    project.source("raw.a", "columns: {}\nkey: [id]\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:2 (columns) AFP-DEF-003 Cannot define table raw.a: it has no column"
                + " -> Add at least one column such as id: { type: long }.");
  }

  @Test
  void everyColumnThatIsNamedIsDeclared() {
    project.source(
        "raw.a",
        COLUMNS
            + """
            key: [id, dayy]
            partition_by: [month(dai)]
            write: { interval_column: other }
            serve: { postgres: a.b, indexes: [[id], [idd, day]] }
            """);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:5 (key[1]) AFP-DEF-007 Cannot use column dayy in key of raw.a: it is"
                + " not declared -> Did you mean 'day'?",
            "p/tables/raw/a.yaml:6 (partition_by[0]) AFP-DEF-007 Cannot use column dai in"
                + " partition_by of raw.a: it is not declared -> Did you mean 'day'?",
            "p/tables/raw/a.yaml:7 (write.interval_column) AFP-DEF-007 Cannot use column other in"
                + " write.interval_column of raw.a: it is not declared -> Declare it under columns,"
                + " or name one that is declared.",
            "p/tables/raw/a.yaml:8 (serve.indexes[1][0]) AFP-DEF-007 Cannot use column idd in"
                + " serve.indexes of raw.a: it is not declared -> Did you mean 'id'?");
  }

  @Test
  void aColumnThatCanNotBeReadIsDeclaredAllTheSame() {
    project.source(
        "raw.a",
        "columns:\n  id: long\n  day: { type: dat }\nkey: [id, day]\npartition_by: [id]\n");
    assertThat(project.problems())
        .filteredOn(p -> p.severity() == Problem.Severity.ERROR)
        .extracting(p -> p.location().path())
        .containsExactly("columns.id", "columns.day.type");
  }

  @Test
  void thePlaceOfAnItemCountsItemsThatCanNotBeRead() {
    project.source("raw.a", COLUMNS + "key:\n  - [id]\n  - id\n  - dayy\n");
    assertThat(project.problems())
        .extracting(p -> p.location().toString())
        .containsExactly("p/tables/raw/a.yaml:6 (key[0])", "p/tables/raw/a.yaml:8 (key[2])");
  }

  @Test
  void aTransformFitsTheTypeOfItsColumn() {
    project.source("raw.a", COLUMNS + "partition_by: [day(id), hour(day), \"bucket(8, id)\"]\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:5 (partition_by[0]) AFP-DEF-010 Cannot partition raw.a by day(id):"
                + " the transform does not fit the type (type=long) -> Use a transform that fits, or"
                + " the column itself.",
            "p/tables/raw/a.yaml:5 (partition_by[1]) AFP-DEF-010 Cannot partition raw.a by"
                + " hour(day): the transform does not fit the type (type=date) -> Use a transform"
                + " that fits, or the column itself.");
  }

  @Test
  void onlyASourceHasExpressionsAndRejects() {
    project.model(
        "core.a",
        "columns:\n  id: { type: long }\n  b: { type: int, expr: id + 1 }\nrejects: { at_most: 1% }\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/core/a.yaml:3 (columns.b.expr) AFP-DEF-010 Cannot use expr for column b of"
                + " core.a: only a source has it -> Compute the column in the model.",
            "p/tables/core/a.yaml:4 (rejects) AFP-DEF-010 Cannot use rejects for core.a: only a"
                + " source has it -> Remove rejects, or write a check with at_least.");
  }

  @Test
  void aNullableColumnInTheKeyOfASourceIsAWarning() {
    project.source("raw.a", "columns:\n  id: { type: long }\nkey: [id]\n");
    assertThat(project.check().definition()).isPresent();
    assertThat(project.check().warnings().stream().map(ProjectFolder::line))
        .containsExactly(
            "p/tables/raw/a.yaml:4 (key[0]) AFP-DEF-010 Column id in the key of raw.a may be null,"
                + " and a row with null breaks the key -> Write required: true, so that such rows"
                + " are rejected on the way in.");
  }
}
