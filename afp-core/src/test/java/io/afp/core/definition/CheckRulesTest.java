package io.afp.core.definition;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.afp.core.definition.MetricRule.Distance;
import io.afp.core.definition.MetricRule.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckRulesTest {

  /** Each rule once. */
  static final String ALL_RULES =
      """
      columns:
        id:
          type: long
          checks:
            - { is_null: true, severity: warn }
            - unique: true
            - not_in: [0, -1]
            - above: 0
            - below: 1000
            - min: [1, null]
            - max: [null, 999]
            - mean: [10, 20.5]
            - sum: 100
            - stddev: [0, 5]
            - median: [1, 2]
            - quantile: { of: 95%, between: [10, 20] }
            - distinct: [1, 10]
            - distinct_share: [90%, 100%]
            - distinct_equals: [1, 2]
            - distinct_contains: [1]
            - distinct_within: [1, 2, 3]
            - most_common: { in: [1, 2], share: [10%, 0.5] }
            - kolmogorov_smirnov: { of: { 1: 25%, 2.5: 90% }, at_most: { warn: 5%, error: 9% } }
            - { name: as_before, kolmogorov_smirnov: { at_most: 5% } }
            - variance: [0, 25]
            - skewness: [-1, 1]
            - kurtosis: [-1, 3]
            - range: [0, 100]
            - interquartile_range: [1, 20]
            - entropy: [0.5, null]
            - population_stability_index: { up_to: { 1: 25%, 2.5: 90% }, at_most: { warn: 0.1, error: 0.2 } }
            - kullback_leibler: { of: { 1: 25%, 2: 70% }, at_most: 0.1 }
            - chi_square: { p_at_least: { warn: 5%, error: 1% } }
            - ordered: { by: day }
            - increasing: { by: [day desc, tax], in_each: name }
        name:
          type: string
          checks:
            - total_variation: { of: { a: 60%, b: 30% }, at_most: 5% }
            - most_common: { share: { warn: [null, 50%], error: [null, 60%] } }
            - matches_any: ["a+", "b+"]
            - not_matches: "x.*"
            - like: "a%"
            - not_like: ["%\\_%"]
            - format: email
            - json_schema: '{ "type": "object", "properties": { "a": { "$ref": "#/$defs/n" } }, "$defs": { "n": { "type": "integer" } } }'
            - parses_as: int
            - { name: as_day, parses_as: { type: date, format: dd.MM.yyyy } }
        net: { type: "decimal(10,2)" }
        tax: { type: "decimal(10,2)" }
        day: { type: date, checks: [ { min: [2024-01-01, null] } ] }
      checks:
        - equal: [net, tax]
        - different: [id, net]
        - ordered: [net, tax]
        - increasing: [net, tax]
        - any_given: [name, net]
        - combination: { of: [id, name], in: [[1, a], [2, b]] }
        - row_sum: { of: [net, tax], between: [0, 100] }
        - same_rows_as: raw.a
        - has_columns: { contain: [id, name] }
        - column_count: [1, 10]
        - column_names: "[a-z]+"
        - correlation: { of: [net, tax], between: [0.8, 1] }
        - cramers_v: { of: [name, day], between: { warn: [null, 0.2], error: [null, 0.5] } }
        - mutual_information: { of: [name, day], between: [0.5, null] }
        - query: "SELECT * FROM raw.a WHERE id < 0"
        - number: { query: "SELECT count(*) FROM raw.a", between: [1, null] }
        - same_result: { query: "SELECT id FROM raw.a", as: "SELECT id FROM raw.b" }
        - { name: near, same_result: { query: "SELECT 1", as: "SELECT 2", within: { warn: 0, error: 0.5% } } }
      """;

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
        .hasSize(2)
        .satisfies(
            lines -> {
              assertThat(lines.get(0))
                  .startsWith(
                      "p/tables/raw/a.yaml:3 (columns.id.checks[0]) AFP-DEF-010 Cannot read"
                          + " columns.id.checks[0]: in, between are there together -> Write exactly"
                          + " one of required, in, between, matches, length, references, fresh,");
              assertThat(lines.get(1))
                  .startsWith(
                      "p/tables/raw/a.yaml:3 (columns.id.checks[1]) AFP-DEF-003 Cannot read"
                          + " columns.id.checks[1]: none of required, in, between,");
            });
  }

  @Test
  void eachRuleHasItsKey() {
    project.source("raw.a", ALL_RULES);
    assertThat(project.lines()).isEmpty();
  }

  @Test
  void twoThresholdsAreOneCheck() {
    project.source(
        "raw.a",
        """
        columns:
          id: { type: long, checks: [ { in: [1], at_least: { warn: 99.9%, error: 95% } } ] }
          n:  { type: long, checks: [ { mean: { warn: [10, 20], error: [5, 30] }, owner: me, tags: x } ] }
        checks:
          - { rows: { warn: { min: 10 }, error: { min: 1 } } }
        """);
    TableDef table = project.read().tables().get(0);
    CheckDef in = table.column("id").orElseThrow().checks().get(0);
    assertThat(in.atLeast()).isEqualByComparingTo("0.95");
    assertThat(in.asWarning().orElseThrow().atLeast()).isEqualByComparingTo("0.999");
    CheckDef mean = table.column("n").orElseThrow().checks().get(0);
    assertThat(mean.rule().toString()).contains("5 to 30");
    assertThat(mean.asWarning().orElseThrow().rule().toString()).contains("10 to 20");
    assertThat(mean.about().owner()).contains("me");
    assertThat(mean.about().tags()).containsExactly("x");
    CheckDef rows = table.checks().get(0);
    assertThat(rows.rule()).isEqualTo(new CheckDef.Rows(OptionalLong.of(1), OptionalLong.empty()));
    assertThat(rows.asWarning().orElseThrow().rule())
        .isEqualTo(new CheckDef.Rows(OptionalLong.of(10), OptionalLong.empty()));
  }

  @Test
  void allMistakesOfAFileAreToldAtOnce() {
    project.source(
        "raw.a",
        """
        columns:
          id:
            type: long
            checks:
              - { betwen: [1, 2] }
              - { name: m01, between: [2, 1] }
              - { name: m02, in: [] }
              - { name: m03, not_in: [x] }
              - { name: m04, above: x }
              - { name: m05, below: 1.5 }
              - { name: m06, matches_any: [a] }
              - { name: m07, like: "a%" }
              - { name: m08, format: email }
              - { name: m09, parses_as: date }
              - { name: m10, min: [5, 1] }
              - { name: m11, max: x }
              - { name: m12, mean: [a, b] }
              - { name: m13, mean: [1, 2, 3] }
              - { name: m14, mean: [null, null] }
              - { name: m15, mean: [1, 2], at_least: 9% }
              - { name: m16, quantile: { of: 2, between: [1, 2] } }
              - { name: m17, quantile: { between: [1, 2] } }
              - { name: m18, distinct_equals: [x] }
              - { name: m19, mean: { warn: [1, 9], error: [2, 3] } }
              - { name: m20, in: [1], at_least: { warn: 9%, error: 99% } }
              - { name: m21, in: [1], at_least: { warn: 99%, error: 9% }, severity: warn }
              - { name: m22, in: [1], at_least: { warn: 99% } }
              - { name: m23, is_null: false }
              - { name: m24, unique: false }
          name:
            type: string
            checks:
              - { name: m25, mean: [1, 2] }
              - { name: m26, format: emial }
              - { name: m27, parses_as: number }
              - { name: m28, parses_as: { type: date, format: bbb } }
              - { name: m29, matches_any: ["("] }
          mail: { type: string, pii: true, checks: [ { name: m30, max: z } ] }
          ok: { type: boolean, checks: [ { name: m31, min: true } ] }
        checks:
          - { name: m32, equal: [id] }
          - { name: m33, ordered: [id, di] }
          - { name: m34, combination: { of: [id, name], in: [[1]] } }
          - { name: m35, combination: { of: [id, name], in: [[x, y]] } }
          - { name: m36, row_sum: { of: [id, name], equals: id } }
          - { name: m37, row_sum: { of: [id, id] } }
          - { name: m38, same_rows_as: raw.b }
          - { name: m39, has_columns: { exactly: [a], set: [a] } }
          - { name: m40, query: "select 1", where: "id = 1" }
        """);
    assertThat(project.problems()).as("%s", project.lines()).hasSizeGreaterThanOrEqualTo(40);
    assertThat(project.lines().get(0))
        .contains("'betwen' is not a known key")
        .endsWith("-> Did you mean 'between'?");
    for (int i = 1; i <= 40; i++) {
      int line = line("m%02d".formatted(i));
      assertThat(project.problems())
          .as("m%02d, of %s", i, project.lines())
          .anyMatch(p -> p.location().toString().contains("a.yaml:" + line + " "));
    }
  }

  @Test
  void mistakesOfADistributionAreTold() {
    project.source(
        "raw.a",
        """
        columns:
          id:
            type: long
            checks:
              - { name: m01, most_common: {} }
              - { name: m02, most_common: { in: [] } }
              - { name: m03, most_common: { in: [x] } }
              - { name: m04, most_common: { share: [2, 1] } }
              - { name: m05, total_variation: { of: { x: 1% }, at_most: 5% } }
              - { name: m06, total_variation: { of: { 1: 60%, 2: 50% }, at_most: 5% } }
              - { name: m07, total_variation: { of: {}, at_most: 5% } }
              - { name: m08, kolmogorov_smirnov: { of: { 2: 10%, 1: 20% }, at_most: 5% } }
              - { name: m09, kolmogorov_smirnov: { of: { 1: 20%, 2: 10% }, at_most: 5% } }
              - { name: m10, kolmogorov_smirnov: { of: { x: 20% }, at_most: 5% } }
              - { name: m11, kolmogorov_smirnov: { of: { 1: 20% } } }
              - { name: m12, kolmogorov_smirnov: { at_most: { warn: 9%, error: 5% } } }
              - { name: m13, total_variation: { at_most: 5% }, at_least: 9% }
              - { name: m20, population_stability_index: { of: { 1: 50% }, up_to: { 1: 50% }, at_most: 1 } }
              - { name: m21, population_stability_index: { at_most: -1 } }
              - { name: m22, chi_square: { at_most: 5% } }
              - { name: m23, chi_square: { p_at_least: { warn: 1%, error: 5% } } }
              - { name: m24, kullback_leibler: { of: { x: 50% }, at_most: 0.1 } }
          name: { type: string, checks: [ { name: m14, kolmogorov_smirnov: { at_most: 5% } } ] }
          text:
            type: string
            checks:
              - { name: m25, kurtosis: [0, 1] }
              - { name: m27, ordered: { by: nothing } }
              - { name: m28, ordered: { by: [] } }
              - { name: m29, increasing: { by: id }, quarantine: true }
              - { name: m26, chi_square: { up_to: { 1: 50% }, p_at_least: 1% } }
          mail: { type: string, pii: true, checks: [ { name: m15, total_variation: { at_most: 5% } } ] }
        checks:
          - { name: m30, correlation: { of: [id, name], between: [0, 1] } }
          - { name: m31, cramers_v: { of: [id, mail], between: [0, 1] } }
          - { name: m32, cramers_v: { of: [id], between: [0, 1] } }
          - { name: m33, mutual_information: { of: [id, nothing], between: [0, 1] } }
          - { name: m34, column_names: "(" }
          - { name: m16, same_result: { query: "select 1" } }
          - { name: m17, same_result: { query: "select 1", as: "select 1", within: x } }
          - { name: m18, same_result: { query: "select 1", as: "select 1", within: -1 } }
          - { name: m19, same_result: { query: "select 1", as: "select 1", within: { warn: 2, error: 1 } } }
          - { name: m35, column_count: { warn: [1, 9], error: [2, 3] } }
          - { name: m36, number: { query: "select 1", between: { warn: [1, 9], error: [2, 3] } } }
        """);
    for (int i = 1; i <= 36; i++) {
      int line = line("m%02d".formatted(i));
      assertThat(project.problems())
          .as("m%02d, of %s", i, project.lines())
          .anyMatch(p -> p.location().toString().contains("a.yaml:" + line + " "));
    }
    assertThat(project.lines())
        .contains(
            "p/tables/raw/a.yaml:11 (columns.id.checks[5].total_variation) AFP-DEF-004 Cannot read"
                + " columns.id.checks[5].total_variation: the shares are more than 100% -> Write a"
                + " mapping such as { of: { a: 60%, b: 40% }, at_most: 5% }.");
  }

  @Test
  void whatIsCountedInAnotherWayIsAnotherMetric() {
    Map<String, BigDecimal> declared = Map.of("1", BigDecimal.ONE);
    assertThat(MetricRule.Places.values())
        .extracting(
            places -> new Distribution(Distance.CHI_SQUARE, places, declared, BigDecimal.ONE))
        .extracting(Distribution::measured)
        .doesNotHaveDuplicates();
    Distribution upTo =
        new Distribution(
            Distance.KOLMOGOROV_SMIRNOV, MetricRule.Places.UP_TO, declared, BigDecimal.ONE);
    assertThat(upTo.measured())
        .as("when numbers were compared as doubles this was the metric")
        .isNotEqualTo("kolmogorov_smirnov {1=1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nothing|it is no JSON object",
        "[]|it is no JSON object",
        "{} {}|it is no JSON object",
        "{\"type\": \"objekt\"}|it is no JSON Schema: ",
        "{\"required\": 1}|it is no JSON Schema: ",
        "{\"pattern\": \"(\"}|it is no JSON Schema: ",
        "{\"$ref\": \"https://example.org/other.json\"}|it is no JSON Schema: ",
        "{\"$ref\": \"file:///etc/passwd\"}|it is no JSON Schema: ",
        "{\"$ref\": \"#/$defs/none\"}|it is no JSON Schema: ",
        "{\"$schema\": \"https://example.org/draft\"}|it is no JSON Schema: "
      })
  void aSchemaIsOneAndRefersToNothingElse(String schema, String why) {
    project.source(
        "raw.a",
        "columns:\n  a: { type: string, checks: [ { json_schema: '%s' } ] }\n".formatted(schema));
    assertThat(project.lines())
        .singleElement(as(STRING))
        .startsWith(
            "p/tables/raw/a.yaml:3 (columns.a.checks[0].json_schema) AFP-DEF-004 Cannot read"
                + " columns.a.checks[0].json_schema: "
                + why)
        .endsWith(" -> Write a JSON Schema, as text.");
  }

  @Test
  void rowsThatAreMergedHaveNoHistoryToBeComparedWith() {
    project.source(
        "raw.a",
        """
        columns:
          id: { type: long, required: true, checks: [ { kolmogorov_smirnov: { at_most: 5% } } ] }
          at: { type: date, required: true }
        key: [id]
        write: { mode: upsert, as_of: at }
        """);
    assertThat(project.lines())
        .anyMatch(
            line ->
                line.contains(
                    "Cannot use kolmogorov_smirnov for column id of raw.a: the column has no history,"
                        + " because its table is a view or has rows that are merged"));
  }

  private int line(String name) {
    List<String> lines;
    try {
      lines = Files.readAllLines(root.resolve("p/tables/raw/a.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return 1
        + IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).contains(name))
            .findFirst()
            .orElseThrow();
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
  void theNewestValueHasNoShareAndNeedsATime() {
    project.source(
        "raw.a",
        """
        columns:
          id:  { type: long, checks: [ { fresh: P1D } ] }
          day: { type: date, checks: [ { fresh: P1D, at_least: 9% } ] }
        checks:
          - fresh: P1D
        """);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (columns.id.checks[0].fresh) AFP-DEF-010 Cannot use fresh for"
                + " column id of raw.a: the column is neither a date nor a timestamp (type=long) ->"
                + " Write the check under a column of type date, timestamp or timestamp_ntz.",
            "p/tables/raw/a.yaml:4 (columns.day.checks[0].at_least) AFP-DEF-010 Cannot use at_least"
                + " for fresh in raw.a: the newest value has no share -> Remove at_least.",
            "p/tables/raw/a.yaml:6 (checks[0].fresh) AFP-DEF-010 Cannot judge whether raw.a is"
                + " fresh: it has no interval_column -> Write the check under the column whose"
                + " newest value counts.");
  }

  @Test
  void aNameIsNotThatOfACheckThatAnotherKeyImplies() {
    project.model(
        "core.a",
        """
        columns:
          id: { type: long, required: true, checks: [ { required: true, where: id > 1 } ] }
        key: [id]
        checks:
          - key: [id]
        """);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/core/a.yaml:2 (columns.id.checks[0]) AFP-DEF-012 Cannot use check name"
                + " core.a.id.required: required of core.a has it -> Give this check a name of its"
                + " own.",
            "p/tables/core/a.yaml:5 (checks[0]) AFP-DEF-012 Cannot use check name core.a.key: key of"
                + " core.a has it -> Give this check a name of its own.");
  }

  @Test
  void theColumnsOfAKeyAreDeclaredAndThereOnce() {
    project.source(
        "raw.a",
        """
        columns: { id: { type: long, required: true }, day: { type: date } }
        key: [id, id]
        partition_by: [id, month(day), day(day), "bucket(4, id)", id]
        checks:
          - { name: other, key: [id, di, id] }
        """);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (key[1]) AFP-DEF-012 Cannot use column id in key of raw.a: it is"
                + " there twice -> Keep one of the two.",
            "p/tables/raw/a.yaml:4 (partition_by[2]) AFP-DEF-012 Cannot partition raw.a by day(day):"
                + " a partition of that kind is there for day already -> Keep one of the two.",
            "p/tables/raw/a.yaml:4 (partition_by[4]) AFP-DEF-012 Cannot partition raw.a by id:"
                + " a partition of that kind is there for id already -> Keep one of the two.",
            "p/tables/raw/a.yaml:6 (checks[0].key[1]) AFP-DEF-007 Cannot use column di in checks of"
                + " raw.a: it is not declared -> Did you mean 'id'?",
            "p/tables/raw/a.yaml:6 (checks[0].key[2]) AFP-DEF-012 Cannot use column id in checks of"
                + " raw.a: it is there twice -> Keep one of the two.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int             | in: [1, abc]                 | in[1]      | 'abc' is no value of type int        | Write a whole number that fits a int.
          int             | between: [~, 3000000000]     | between[1] | '3000000000' is no value of type int | Write a whole number that fits a int.
          boolean         | in: [ture]                   | in[0]      | 'ture' is no value of type boolean   | Did you mean 'true'?
          "decimal(4,2)"  | between: [1.234, ~]          | between[0] | '1.234' is no value of type decimal(4,2) | Write a number with at most 4 digits, 2 of them behind the point.
          date            | between: [2024-1-5, ~]       | between[0] | '2024-1-5' is no value of type date  | Write a date such as 2024-02-29.
          timestamp       | in: [noon]                   | in[0]      | 'noon' is no value of type timestamp | Write a time such as "2024-02-29 10:30:00" in quotes.
          int             | between: [10, 9]             | between    | the first bound is larger than the second | Write between: [9, 10].
          date            | between: [2024-02-01, 2024-01-31] | between | the first bound is larger than the second | Write between: [2024-01-31, 2024-02-01].
          """)
  void literalsAreValuesOfTheType(String type, String check, String path, String why, String fix) {
    project.source(
        "raw.a", "columns:\n  c:\n    type: %s\n    checks:\n      - %s\n".formatted(type, check));
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:6 (columns.c.checks[0].%s) AFP-DEF-004 Cannot judge column c of raw.a: %s -> %s"
                .formatted(path, why, fix));
  }

  @Test
  void theTextsOfAColumnWhoseTypeIsUnknownAreNotJudged() {
    project.source("raw.a", "columns: { c: { type: dat, checks: [ { in: [noon] } ] } }\n");
    assertThat(project.problems())
        .singleElement()
        .extracting(p -> p.code().code())
        .isEqualTo("AFP-DEF-004");
  }

  @Test
  void onlyTextsMatchAndHaveALength() {
    project.source(
        "raw.a",
        "columns:\n  id: { type: long, checks: [ { matches: a }, { length: [1, 2] } ] }\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (columns.id.checks[0].matches) AFP-DEF-010 Cannot use matches for"
                + " column id of raw.a: the column is no string (type=long) -> Use between or in, or"
                + " sql for the table.",
            "p/tables/raw/a.yaml:3 (columns.id.checks[1].length) AFP-DEF-010 Cannot use length for"
                + " column id of raw.a: the column is no string (type=long) -> Use between or in, or"
                + " sql for the table.");
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

  @Test
  void aQuantityHasNoShareAndFitsItsColumn() {
    project.source(
        "raw.a",
        """
        columns:
          name: { type: string, checks: [ { anomaly: mean }, { name: c, anomaly: completeness } ] }
          pay:  { type: int, pii: true, checks: [ { anomaly: max } ] }
        checks:
          - { anomaly: rows, at_least: 9% }
        """);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:3 (columns.name.checks[0].anomaly) AFP-DEF-010 Cannot use anomaly"
                + " for column name of raw.a: the column is no number (type=string) -> Write"
                + " anomaly: completeness, or remove the check.",
            "p/tables/raw/a.yaml:4 (columns.pay.checks[0].anomaly) AFP-DEF-010 Cannot use anomaly"
                + " for column pay of raw.a: the column is personal, and the ledger would keep its"
                + " values (type=int) -> Write anomaly: completeness, or remove the check.",
            "p/tables/raw/a.yaml:6 (checks[0].at_least) AFP-DEF-010 Cannot use at_least for anomaly"
                + " in raw.a: a quantity has no share -> Remove at_least.");
  }

  @Test
  void nothingIsMeasuredThatTellsPersonalValues() {
    project.source(
        "raw.a",
        """
        columns:
          born: { type: date, pii: true, checks: [ { fresh: P1D } ] }
          pay:
            type: int
            pii: true
            checks:
              - { mean: 1, where: "id = 1" }
              - sum: 1
              - stddev: 1
              - distinct: 1
              - distinct_share: 1
              - distinct_within: [1]
              - unique: true
          id: { type: int }
        """);
    assertThat(project.lines())
        .hasSize(6)
        .allMatch(line -> line.contains(": the column is personal, and the ledger would keep "));
  }

  @Test
  void onlyIntervalsOfADayOrLessHaveAWeekday() {
    project.pipeline("pipeline: p\ninterval: { unit: month, zone: UTC }\n");
    project.source(
        "raw.a",
        """
        columns: { day: { type: date, required: true } }
        partition_by: [month(day)]
        write: { mode: replace, interval_column: day }
        checks:
          - anomaly: { of: rows, by: weekday }
        """);
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:6 (checks[0].anomaly) AFP-DEF-010 Cannot compare raw.a by weekday:"
                + " its interval has several (unit=month) -> Remove by.");
  }
}
