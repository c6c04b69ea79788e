package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A view is a query, so what is said about rows that are kept is refused. */
class ViewRulesTest {

  private static final String COLUMNS = "columns: { id: { type: int }, day: { type: date } }\n";

  @TempDir Path root;
  private ProjectFolder project;

  @BeforeEach
  void start() {
    project = new ProjectFolder(root);
  }

  @Test
  void aViewMayHaveAKeyAndChecksAndBeServed() {
    project.model(
        "core.v",
        COLUMNS
            + """
            key: [id]
            write: { mode: view }
            checks: [ { rows: { min: 1 } } ]
            serve: { postgres: mart.v, mode: upsert }
            """);
    assertThat(project.lines()).isEmpty();
    assertThat(project.read().table(TableName.parse("core.v")).orElseThrow().isView()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'partition_by: [day]'                      | '' | partition_by",
        "'sort_by: [id]'                            | '' | sort_by",
        "'layout: { target_file_size: 64MB }'       | '' | layout",
        "''          | ', interval_column: day'      | write.interval_column",
        "''          | ', on_schema_change: sync'    | write.on_schema_change",
        "''          | ', lookback: 1'               | write.lookback",
      })
  void whatIsAboutKeptRowsIsRefusedAtItsPlace(String line, String write, String path) {
    project.model("core.v", COLUMNS + line + "\nwrite: { mode: view" + write + " }\n");
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains(
            "(" + path + ") AFP-DEF-010 Cannot make core.v a view: it has no rows of its own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "on_rerun: refuse | only append has it (mode=view)",
        "as_of: day       | only upsert and scd2 have it (mode=view)",
        "delete_flag: id  | only upsert and scd2 have it (mode=view)",
      })
  void whatOtherModesHaveIsRefused(String key, String why) {
    project.model("core.v", COLUMNS + "write: { mode: view, " + key + " }\n");
    assertThat(project.lines()).singleElement().asString().contains("AFP-DEF-010", why);
  }

  @Test
  void onlyAQueryMakesAView() {
    project.source("raw.v", COLUMNS + "write: { mode: view }\n");
    project.table("core.v", "model: com.acme.Some\n" + COLUMNS + "write: { mode: view }\n");
    assertThat(project.lines())
        .hasSize(2)
        .anyMatch(
            l -> l.contains("(write.mode) AFP-DEF-010 Cannot make raw.v a view: files fill it"))
        .anyMatch(l -> l.contains("Cannot make core.v a view: model com.acme.Some fills it"));
  }

  @Test
  void theBuilderSaysTheSame() {
    TableDef view =
        TableDef.named("core.v").column("id", "int").view().sql("select 1 as id").build();
    assertThat(view.isView()).isTrue();
    assertThat(((ModelDef.Query) view.model().orElseThrow()).withoutEnd())
        .isEqualTo("select 1 as id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'select 1; -- end'   | 'select 1'",
        "'select '';'' ; ; '  | 'select '';'''",
        "'/* a */ select 1'   | '/* a */ select 1'",
      })
  void whatStandsBehindTheQueryIsNoPartOfTheView(String sql, String query) {
    assertThat(new ModelDef.Query("v.sql", sql).withoutEnd()).isEqualTo(query);
  }
}
