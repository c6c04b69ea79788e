package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code upsert}, {@code scd2} and {@code snapshot} need, and what only they have. */
class MergeRulesTest {

  @TempDir Path root;

  private ProjectFolder project;

  @BeforeEach
  void start() {
    project = new ProjectFolder(root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode: upsert, as_of: at, delete_flag: gone",
        "mode: scd2, as_of: seq, delete_flag: gone",
        "mode: scd2, as_of: at, interval_column: day",
        "mode: snapshot, interval_column: day",
      })
  void whatFitsIsAccepted(String write) {
    write("[id]", write);
    assertThat(project.lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode: upsert                    | write.mode | nothing says which row of a key is the newer one",
        "mode: scd2                      | write.mode | nothing says which row of a key is the newer one",
        "mode: snapshot                  | write.mode | an extract needs its time",
        "mode: replace, as_of: at        | write.as_of | only upsert and scd2 have it (mode=replace)",
        "mode: append, delete_flag: gone | write.delete_flag | only upsert and scd2 have it (mode=append)",
        "mode: upsert, as_of: rate       | write.as_of | column rate has no order in time (type=double)",
        "'mode: scd2, as_of: at, delete_flag: seq' | write.delete_flag | column seq is no flag (type=long)",
      })
  void whatDoesNotFitIsReportedAtItsPlace(String write, String path, String why) {
    write("[id]", write);
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("tables/raw/a.yaml:", "(" + path + ") AFP-DEF-010 Cannot write raw.a: " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[rate] | key[0] | rate is no exact number (type=double)",
        "'[id, at]' | key[1] | at changes from row to row of a key",
        "'[id, gone]' | key[1] | gone changes from row to row of a key",
      })
  void aKeyIsExactAndStays(String key, String path, String why) {
    write(key, "mode: upsert, as_of: at, delete_flag: gone");
    assertThat(project.lines()).singleElement().asString().contains("(" + path + ")", why);
  }

  @Test
  void withoutAKeyNothingCanBeMerged() {
    project.table("raw.a", table("", "mode: upsert, as_of: at", ""));
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("(write.mode) AFP-DEF-010 Cannot write raw.a: it has no key");
  }

  @Test
  void theColumnsOfAHistoryAreAddedAndNotDeclared() {
    project.table(
        "raw.a", table("key: [id]", "mode: scd2, as_of: at", "  valid_to: { type: date }\n"));
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("(columns.valid_to)", "AFP adds column valid_to itself (mode=scd2)");
  }

  private void write(String key, String write) {
    project.table("raw.a", table("key: " + key, write, ""));
  }

  private static String table(String key, String write, String more) {
    return """
        from: { files: "*.csv", format: csv }
        columns:
          id:   { type: long, required: true }
          day:  { type: date }
          at:   { type: timestamp, required: true }
          seq:  { type: long }
          rate: { type: double, required: true }
          gone: { type: boolean, required: true }
        %s%s
        write: { %s }
        """
        .formatted(more, key, write);
  }
}
