package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.LayoutDef.Distribution;
import io.afp.core.definition.PipelineDef.Freshness;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  private static final String COLUMNS = "columns: { id: { type: long, required: true } }\n";

  @TempDir Path root;

  private ProjectFolder project;

  @BeforeEach
  void start() {
    project = new ProjectFolder(root).source("raw.a", COLUMNS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pipeline: My-Pipe                 | 'My-Pipe' is not a lower-case name of [a-z][a-z0-9_]*
          interval: { unit: week }          | 'week' is not hour or day or month or year
          interval: { unit: mnth }          | 'mnth' is not hour or day or month or year
          interval: { unit: day, zone: NY } | 'NY' is not a time zone
          sla: { freshness: 3 days }        | '3 days' is not an ISO-8601 duration
          sla: { freshness: P }             | 'P' is not an ISO-8601 duration
          sla: { freshness: P-1D }          | 'P-1D' is negative
          schedule: "@monthly"              | '@monthly' is not five fields
          schedule: 0 3 2 *                 | '0 3 2 *' is not five fields
          schedule: 60 3 2 * *              | '60' is no minute from 0 to 59
          schedule: 0 3 0 * *               | '0' is no day from 1 to 31
          schedule: 0 3 * JAN-FOO *         | 'JAN-FOO' is no month from 1 to 12
          schedule: 0 5-3 * * *             | '5-3' is no hour from 0 to 23
          schedule: 5/15 3 * * *            | '5/15' is no minute from 0 to 59
          schedule: 1,,2 3 * * *            | '' is no minute from 0 to 59
          schedule: 0 3 L * *               | 'L' is no day from 1 to 31
          schedule: 0 3 * * 8               | '8' is no weekday from 0 to 7
          schedule: 0 3 30,31 2 *           | '0 3 30,31 2 *' never comes: no such month is that long
          sla: { duration: P1M }            | 'P1M' is not an ISO-8601 duration
          sla: { duration: PT-1M }          | 'PT-1M' is negative
          """)
  void ofAPipelineAreUnderstoodOrRefused(String line, String why) {
    project.pipeline("owner: me\n" + (line.startsWith("pipeline") ? "" : "pipeline: p\n") + line);
    assertThat(project.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).endsWith(": " + why))
        .satisfies(p -> assertThat(p.code().code()).isEqualTo("AFP-DEF-004"))
        .satisfies(p -> assertThat(p.location().line()).isGreaterThan(1))
        .satisfies(p -> assertThat(p.fix()).isNotEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rejects: { at_most: 0.01 }             | rejects.at_most           | '0.01' is not a share from 0% to 100%
          rejects: { at_most: 101% }             | rejects.at_most           | '101%' is not a share from 0% to 100%
          rejects: { max: -1 }                   | rejects.max               | '-1' is not a whole number from 0
          keep: { rejects: 90 days }             | keep.rejects              | '90 days' is not an ISO-8601 duration
          keep: { quarantine: P0D }              | keep.quarantine           | 'P0D' keeps nothing
          write: { mode: merge }                 | write.mode                | 'merge' is not replace or append or upsert or scd2 or snapshot or view
          partition_by: [week(id)]               | partition_by[0]           | 'week(id)' is not a partition field
          partition_by: ["bucket(0, id)"]        | partition_by[0]           | 'bucket(0, id)' is not a partition field
          sort_by: [id down]                     | sort_by[0]                | 'id down' is not a sort field
          layout: { target_file_size: 64 }       | layout.target_file_size   | '64' is not a size in KB, MB or GB
          layout: { target_file_size: 0MB }      | layout.target_file_size   | '0MB' is not a size in KB, MB or GB
          layout: { distribution: sorted }       | layout.distribution       | 'sorted' is not hash or range or none
          serve: { postgres: flight }            | serve.postgres            | 'flight' is not namespace.name
          serve: { postgres: a.b, mode: copy }   | serve.mode                | 'copy' is not swap or upsert
          serve: { postgres: a.b, grants: [A] }  | serve.grants[0]           | 'A' is not a lower-case name of [a-z][a-z0-9_]*
          checks: [ { rows: {} } ]               | checks[0].rows            | it has neither min nor max
          checks: [ { rows: { min: -1 } } ]      | checks[0].rows.min        | '-1' is not a whole number from 0
          checks: [ { rows: {min: 2, max: 1} } ] | checks[0].rows            | min is larger than max
          checks: [ { sql: " " } ]               | checks[0].sql             | it is empty
          checks: [ { sql: a, severity: bad } ]  | checks[0].severity        | 'bad' is not error or warn
          checks: [ { sql: a, name: A B } ]      | checks[0].name            | 'A B' is not a lower-case name of [a-z][a-z0-9_]*
          """)
  void ofATableAreUnderstoodOrRefused(String line, String path, String why) {
    project.source("raw.a", COLUMNS + line);
    assertThat(project.problems())
        .filteredOn(p -> p.location().path().equals(path))
        .singleElement()
        .satisfies(p -> assertThat(p.message()).isEqualTo("Cannot read " + path + ": " + why))
        .satisfies(p -> assertThat(p.location().line()).isEqualTo(3))
        .satisfies(p -> assertThat(p.fix()).startsWith("Write "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { type: strng }                                 | type                 | 'strng' is not a type
          { type: "decimal(40,2)" }                       | type                 | 'decimal(40,2)' is not a type
          { type: int, required: yes }                    | required             | 'yes' is not true or false
          { type: int, checks: [ { in: [] } ] }           | checks[0].in         | the list is empty
          { type: int, checks: [ { in: [1, ~] } ] }       | checks[0].in[1]      | it is empty
          { type: int, checks: [ { between: [1] } ] }     | checks[0].between    | it has 1 bounds
          { type: int, checks: [ { between: [~, ~] } ] }  | checks[0].between    | both bounds are null
          { type: string, checks: [ { matches: "(a" } ] } | checks[0].matches    | '(a' is no regular expression: Unclosed group
          { type: string, checks: [ { matches: a)(b } ] } | checks[0].matches    | 'a)(b' is no regular expression: Unmatched closing ')'
          { type: string, checks: [ { matches: \\Qa } ] } | checks[0].matches    | '\\Qa' is no regular expression: Unclosed group
          { type: string, checks: [ { length: [1, 2, 3] } ] } | checks[0].length  | it has 3 bounds
          { type: string, checks: [ { length: [3, 2] } ] } | checks[0].length     | the first bound is larger than the second
          { type: date, checks: [ { fresh: 3 days } ] }   | checks[0].fresh      | '3 days' is not an ISO-8601 duration
          { type: int, checks: [ { anomaly: rows } ] }    | checks[0].anomaly    | 'rows' is not completeness or mean or sum or deviation or min or max
          { type: int, checks: [ { anomaly: { of: mean, method: change } } ] } | checks[0].anomaly | method change needs at_most
          { type: int, checks: [ { anomaly: { of: mean, at_most: 5% } } ] } | checks[0].anomaly | at_most is of method change only
          { type: int, checks: [ { anomaly: { of: mean, method: change, at_most: 5%, sensitivity: 3 } } ] } | checks[0].anomaly | method change has no sensitivity, but at_most
          { type: int, checks: [ { anomaly: { of: mean, sensitivity: 0 } } ] } | checks[0].anomaly.sensitivity | it is 0
          { type: int, checks: [ { anomaly: { of: mean, sensitivity: 3x } } ] } | checks[0].anomaly.sensitivity | '3x' is not a number
          { type: int, checks: [ { anomaly: { of: mean, min_points: 2 } } ] } | checks[0].anomaly | how far 2 points spread says nothing: min_points is at least 3
          { type: int, checks: [ { anomaly: { of: mean, min_points: 6, last: 5 } } ] } | checks[0].anomaly | min_points is larger than last
          { type: int, checks: [ { anomaly: { of: mean, last: 0 } } ] } | checks[0].anomaly.last | last is a number from 1 to 1000
          { type: int, checks: [ { required: false } ] }  | checks[0].required   | it is false
          { type: int, checks: [ { in: [1], where: " " } ] } | checks[0].where   | it is empty
          { type: int, checks: [ { references: a } ] }    | checks[0].references | 'a' is not namespace.table.column
          { type: int, checks: [ { references: a.b } ] }  | checks[0].references | 'a' is not namespace.name
          """)
  void ofAColumnAreUnderstoodOrRefused(String column, String path, String why) {
    project.source("raw.a", "columns:\n  id: " + column);
    assertThat(project.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).endsWith(path + ": " + why))
        .satisfies(p -> assertThat(p.location().line()).isEqualTo(3))
        .satisfies(p -> assertThat(p.location().path()).isEqualTo("columns.id." + path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 3 2 * *",
        "*/15 0-6/2,22 1,15 jan-JUN,12 mon-FRI",
        "0 0 29 2 *",
        "0 0 31 2 0",
        "59 23 31 12 7"
      })
  void ofAScheduleAreFiveFieldsOfCron(String cron) {
    project.pipeline("pipeline: p\nschedule: \"%s\"\n".formatted(cron));
    assertThat(project.read().schedule()).contains(cron);
  }

  @Test
  void asksForTheChoiceThatWasMeant() {
    project.source("raw.a", COLUMNS + "write: { mode: replce }");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (write.mode) AFP-DEF-004 Cannot read write.mode: 'replce' is not"
                + " replace or append or upsert or scd2 or snapshot or view -> Did you mean 'replace'?");
  }

  @Test
  void refuseTheNameOfAColumnThatNeedsQuotes() {
    project.source("raw.a", "columns:\n  Dep Time: { type: int }\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (columns.Dep Time) AFP-DEF-004 Cannot read columns.Dep Time:"
                + " 'Dep Time' is not a lower-case name of [a-z][a-z0-9_]* -> Choose another"
                + " name.");
  }

  @Test
  void ofFreshnessMayHaveDaysAndHours() {
    project.pipeline("pipeline: p\nsla: { freshness: P1DT6H }\n");
    assertThat(project.read().sla().orElseThrow().freshness())
        .contains(new Freshness(Period.ofDays(1), Duration.ofHours(6)));
  }

  @Test
  void ofALayoutHaveUnitsOf1024() {
    project.source("raw.a", COLUMNS + "layout: { target_file_size: 256KB, distribution: none }");
    assertThat(project.read().tables().get(0).layout())
        .isEqualTo(new LayoutDef(256 * 1024, Distribution.NONE));
  }

  @Test
  void thatStandForNullAreTakenAsTheyAreWritten() {
    project.table(
        "raw.a", "from: { files: x, format: csv, null_values: [NA, NULL, ~, -1] }\n" + COLUMNS);
    assertThat(project.read().tables().get(0).fileSource().orElseThrow().nullValues())
        .containsExactly("NA", "NULL", "~", "-1");
  }
}
