package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns that AFP adds to the rows of a source. */
class MetadataRulesTest {

  @TempDir Path root;

  private ProjectFolder project;

  @BeforeEach
  void start() {
    project = new ProjectFolder(root).pipeline("pipeline: p\ninterval: { unit: day, zone: UTC }\n");
  }

  @Test
  void theyAreColumnsOfTheTableBehindTheDeclaredOnesAndMayBeUsedLikeThem() {
    write(
        "{ source: file, ingested_at: loaded_at, run_id: _afp_run_id }",
        """
        partition_by: [month(loaded_at)]
        sort_by: [file]
        checks: [ { sql: "_afp_run_id is not null" } ]
        serve: { postgres: mart.a, indexes: [[_afp_run_id]] }
        """);
    assertThat(project.lines()).isEmpty();
    TableDef table = project.read().tables().get(0);
    assertThat(table.columns())
        .extracting(c -> c.name() + " " + c.type())
        .containsExactly(
            "id long", "at timestamp", "_afp_run_id string", "loaded_at timestamp", "file string");
    assertThat(table.givenColumns()).extracting(ColumnDef::name).containsExactly("id", "at");
  }

  @Test
  void inAHistoryTheyStandBeforeItsTimes() {
    write("{ run_id: _afp_run_id }", "key: [id]\nwrite: { mode: scd2, as_of: at }\n");
    assertThat(project.read().tables().get(0).columns())
        .extracting(ColumnDef::name)
        .containsExactly("id", "at", "_afp_run_id", "valid_from", "valid_to", "is_current");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ run_id: id }            | metadata.run_id | AFP-DEF-012 Cannot add column id to raw.a: another one has that name",
        "{ run_id: Run }           | metadata.run_id | AFP-DEF-004 Cannot read metadata.run_id: 'Run' is neither _afp_run_id nor a lower-case name",
        "{ run_id: _afp_source }   | metadata.run_id | AFP-DEF-004 Cannot read metadata.run_id: '_afp_source' is neither _afp_run_id nor a lower-case name",
        "{ file: _afp_source }     | metadata.file   | AFP-DEF-002 Cannot read metadata.file: 'file' is not a known key",
      })
  void aNameIsItsOwn(String metadata, String path, String problem) {
    write(metadata, "");
    assertThat(project.lines()).singleElement().asString().contains("(" + path + ") " + problem);
  }

  @Test
  void twoOfThemHaveTwoNames() {
    write("{ run_id: x, source: x }", "");
    assertThat(project.lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("(metadata.run_id)"))
        .anyMatch(line -> line.contains("(metadata.source)"));
  }

  @Test
  void aHistoryKeepsItsNames() {
    write("{ source: valid_from }", "key: [id]\nwrite: { mode: scd2, as_of: at }\n");
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("(metadata.source) AFP-DEF-012 Cannot add column valid_from to raw.a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'key: [id, loaded_at]'                                  | key[1]",
        "'key: [id]; write: { mode: upsert, as_of: loaded_at }' | write.as_of",
        "'write: { mode: append, interval_column: loaded_at }'   | write.interval_column",
      })
  void theyDecideNothing(String use, String path) {
    write("{ ingested_at: loaded_at }", use.replace("; ", "\n") + "\n");
    assertThat(project.lines())
        .anyMatch(
            line ->
                line.contains("(" + path + ") AFP-DEF-010 Cannot use column loaded_at")
                    && line.contains("another run gives the same row another value"));
  }

  @Test
  void aModelHasNone() {
    project.model("raw.a", "columns: { id: { type: long } }\nmetadata: { run_id: run }\n");
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("(metadata) AFP-DEF-010 Cannot use metadata for raw.a: only a source has it");
  }

  private void write(String metadata, String more) {
    project.table(
        "raw.a",
        """
        from: { files: "${interval:yyyy-MM-dd}.csv", format: csv }
        columns:
          id: { type: long, required: true }
          at: { type: timestamp }
        metadata: %s
        """
                .formatted(metadata)
            + more);
  }
}
