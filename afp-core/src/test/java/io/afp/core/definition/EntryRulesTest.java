package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryRulesTest {

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
        "type: string, format: yyyy | format | only dates, times and numbers have one",
        "type: date, format: yyyy-MM | format | 'yyyy-MM' does not say what a date is",
        "type: date, format: yyyy-MM-dd HH:mm | format | 'yyyy-MM-dd HH:mm' does not say what a date is",
        "type: timestamp_ntz, format: yyyyMMddHHmmX | format | 'yyyyMMddHHmmX' does not say what a timestamp_ntz is",
        "type: date, format: jj.mm | format | Unknown pattern letter: j",
        "type: int, format: 0.000 0 | format | '0.000 0' is no pattern of a number",
        "type: int, format: \"#.##0.00\" | format | '#.##0.00' is no pattern of a number",
        "type: date, zone: UTC | zone | only a timestamp is an instant",
        "type: double, rounding: half_up | rounding | only a decimal is rounded",
        "type: \"decimal(9,2)\", expr: '1', rounding: half_up | rounding | it is not read from the source",
        "type: int, default: x | default | 'x' is no value of type int",
        "type: int, expr: '1', default: 5 | default | it is not read from the source",
        "type: int, expr: '1', may_be_missing: true | may_be_missing | it is not read from the source",
        "type: int, required: true, may_be_missing: true | may_be_missing | it is required, and null where it is missing",
        "type: int, expr: '1', from: x | from | it is not read from the source",
      })
  void aKeyFitsItsColumn(String column, String key, String why) {
    project.source("raw.a", "columns: { c: { %s } }\n".formatted(column));
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("(columns.c.%s)".formatted(key), "Cannot use " + key, "of raw.a: " + why + " ->");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: int, in: [1, x] | in[1] | 'x' is no value of type int",
        "type: int, length: 3 | length | the column is no string",
        "type: string, matches: '[' | matches | '[' is no regular expression",
        "type: string, length: [3, 1] | length | the first bound is larger than the second",
        "type: string, length: [1, 2, 3] | length | it has 3 bounds",
      })
  void aRuleIsThatOfACheck(String column, String key, String why) {
    project.source("raw.a", "columns: { c: { %s } }\n".formatted(column));
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("(columns.c.%s)".formatted(key), why);
  }

  @Test
  void aModelHasChecksInstead() {
    project.model(
        "core.a",
        """
        columns:
          id: { type: int, in: [1], default: 1, from: ID }
          name: { type: string, pii: hash }
        key: [id]
        duplicates: reject
        """);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/core/a.yaml:2 (columns.id.in) AFP-DEF-010 Cannot use in for column id of core.a:"
                + " only a source has it -> Write a check: checks: [ { in: … } ].",
            "p/tables/core/a.yaml:2 (columns.id.from) AFP-DEF-010 Cannot use from for column id of core.a:"
                + " only a source has it -> Say it in the model.",
            "p/tables/core/a.yaml:2 (columns.id.default) AFP-DEF-010 Cannot use default for column id of"
                + " core.a: only a source has it -> Say it in the model.",
            "p/tables/core/a.yaml:3 (columns.name.pii) AFP-DEF-010 Cannot use pii for column name of"
                + " core.a: only a source keeps values out -> Protect the column in the source it is of.",
            "p/tables/core/a.yaml:5 (duplicates) AFP-DEF-010 Cannot reject duplicates of core.a: only a"
                + " source rejects rows -> Remove it: the key is a check.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "' '", "__op", "\"a\\nb\"", "\"a\\u2028b\""})
  void noColumnIsReadFromAFieldWithoutAName(String from) {
    project.source("raw.a", "columns: { c: { type: int, from: %s } }\n".formatted(from));
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains(
            "(columns.c.from) AFP-DEF-",
            "is no name of a field: it is blank, begins with __ or holds a character without a sign")
        .endsWith("-> Write the name of a field such as \"Order ID\".");
  }

  @Test
  void filesThatDoNotNameTheirFieldsAreReadByPlace() {
    project.table(
        "raw.a",
        """
        from: { files: a.csv, format: csv, header: false }
        columns: { c: { type: int, from: Order ID } }
        """);
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("(columns.c.from) AFP-DEF-010", "the files do not name their fields");
  }

  @Test
  void columnsOfOneFieldAreProtectedAlike() {
    project.source(
        "raw.a",
        """
        columns:
          a: { type: string, from: E-Mail, pii: hash }
          b: { type: string, from: e-mail, pii: mask }
          c: { type: string, from: E-MAIL }
          d: { type: string, pii: true, from: phone }
          phone: { type: string }
          e: { type: string, from: _c3 }
        """);
    assertThat(project.lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("columns.a", "column b is read from the same field")
                    .endsWith("-> Write the same pii for both."),
            line ->
                assertThat(line)
                    .contains("columns.c", "column b is read from the same field")
                    .contains("(field=e-mail, pii=mask)"),
            line ->
                assertThat(line)
                    .contains("columns.phone", "column d is read from the same field")
                    .contains("(field=phone, pii=true)"),
            line -> assertThat(line).contains("(columns.e.from)", "names are not shown"));
  }

  @Test
  void duplicatesNeedAKeyThatIsNotMerged() {
    project.source("raw.a", "columns: { id: { type: int } }\nduplicates: reject\n");
    project.source(
        "raw.b",
        "columns: { id: { type: int, required: true }, at: { type: date, required: true } }\n"
            + "key: [id]\nwrite: { mode: upsert, as_of: at }\nduplicates: reject\n");
    assertThat(project.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("(duplicates)", "it has no key"),
            line -> assertThat(line).contains("(duplicates)", "rows are merged by the key"));
  }

  @Test
  void whatIsNeverWrittenIsNotUsed() {
    project.source(
        "raw.a",
        """
        columns:
          id: { type: int, pii: drop, checks: [ { in: [1] } ] }
          name: { type: string, pii: mask }
          born: { type: date, pii: hash }
        key: [id, name]
        sort_by: [id]
        """);
    assertThat(project.lines())
        .filteredOn(line -> !line.contains("may be null"))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("(key[0])", "it is never written (pii=drop)"),
            line -> assertThat(line).contains("(sort_by[0])", "it is never written (pii=drop)"),
            line -> assertThat(line).contains("(columns.id.pii)", "no value to be checked"),
            line -> assertThat(line).contains("(columns.name.pii)", "all its values look the same"),
            line -> assertThat(line).contains("(columns.born.pii)", "a text (type=date)"));
  }

  @Test
  void aColumnIsLeft() {
    project.source("raw.a", "columns: { id: { type: int, pii: drop } }\n");
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("(columns.id.pii)", "no other column is left");
  }
}
