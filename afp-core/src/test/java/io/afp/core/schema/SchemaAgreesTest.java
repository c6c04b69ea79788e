package io.afp.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Schema and reader say the same to files that people write. */
class SchemaAgreesTest {

  /** The guide shows this file with a mistake in it, and then the message about it. */
  private static final String WRONG_ON_PURPOSE = "guide.md: shop/tables/raw/orders.yaml";

  @ParameterizedTest
  @MethodSource("io.afp.core.schema.Example#all")
  void aboutEveryExample(Example example) {
    Verdict verdict = Verdict.on(example.file(), example.text());
    if (example.place().endsWith(WRONG_ON_PURPOSE)) {
      assertThat(verdict.ofSchema()).singleElement().asString().contains("requird");
      assertThat(verdict.ofReader()).extracting(p -> p.code()).containsOnly(ErrorCode.UNKNOWN_KEY);
    } else {
      assertThat(verdict.isAccepted()).as("%s", verdict).isTrue();
    }
  }

  @Test
  void aboutExamplesOfEachKind() throws IOException {
    assertThat(Example.all()).extracting(Example::file).contains(YamlFile.values());
    assertThat(Example.all())
        .extracting(Example::place)
        .anyMatch(p -> p.endsWith(WRONG_ON_PURPOSE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PIPELINE | UNKNOWN_KEY   | { pipeline: p, ownr: me }",
        "PIPELINE | MISSING_KEY   | { owner: me }",
        "PIPELINE | MISSING_KEY   | { pipeline: p, interval: { zone: UTC } }",
        "PIPELINE | WRONG_VALUE   | { pipeline: p, interval: { unit: week } }",
        "PIPELINE | WRONG_VALUE   | { pipeline: p, interval: month }",
        "PIPELINE | WRONG_VALUE   | { pipeline: My-Pipeline }",
        "PIPELINE | WRONG_VALUE   | { pipeline: p, owner: null }",
        "PIPELINE | WRONG_VALUE   | [ pipeline ]",
        "TABLE    | MISSING_KEY   | { description: x }",
        "TABLE    | WRONG_VALUE   | { columns: [ id ] }",
        "TABLE    | WRONG_VALUE   | { columns: { Id: { type: long } } }",
        "TABLE    | UNKNOWN_KEY   | { columns: { id: { type: long, requird: true } } }",
        "TABLE    | MISSING_KEY   | { columns: { id: { required: true } } }",
        "TABLE    | WRONG_VALUE   | { columns: { id: { type: number } } }",
        "TABLE    | WRONG_VALUE   | { columns: { id: { type: long, required: maybe } } }",
        "TABLE    | WRONG_VALUE   | { columns: { id: { type: long } }, key: id }",
        "TABLE    | WRONG_VALUE   | { columns: { id: { type: long } }, partition_by: [ week(id) ] }",
        "TABLE    | WRONG_VALUE   | { columns: { id: { type: long } }, write: { mode: merge } }",
        "TABLE    | WRONG_VALUE   | { columns: { id: { type: long } }, rejects: { at_most: 0.1 } }",
        "TABLE    | WRONG_VALUE   | { columns: { id: { type: long } }, drift: ignore }",
        "TABLE    | WRONG_VALUE   | { columns: { id: { type: long } }, drift: [ evolve ] }",
        "TABLE    | UNKNOWN_KEY   | { columns: { id: { type: long } }, drift: { columns: evolve } }",
        "TABLE    | WRONG_VALUE   | { columns: { id: { type: long } }, serve: { postgres: x } }",
        "TABLE    | WRONG_VALUE   | { columns: { id: { type: long } }, checks: [ { rows: { min: -1 } } ] }",
        "TABLE    | MISSING_KEY   | { columns: { id: { type: long } }, checks: [ { name: x } ] }",
        "TABLE    | CONTRADICTION | { columns: { id: { type: long } }, checks: [ { sql: a, key: [ id ] } ] }",
        "CHECKS   | MISSING_KEY   | { key: [ id ] }",
        "CHECKS   | WRONG_VALUE   | { table: orders }",
        "CHECKS   | UNKNOWN_KEY   | { table: a.b, columns: { id: { type: long } } }",
        "CHECKS   | WRONG_VALUE   | { table: a.b, columns: { id: { pii: hash } } }",
        "AFP      | UNKNOWN_KEY   | { lake: { url: x } }",
        "AFP      | UNKNOWN_KEY   | { environments: { dev: { lakes: {} } } }",
        "AFP      | WRONG_VALUE   | { spark: { master: [ yarn ] } }",
        "AFP      | WRONG_VALUE   | { serving: { uri: null } }",
      })
  void aboutBrokenFiles(YamlFile file, ErrorCode code, String text) {
    Verdict verdict = Verdict.on(file, text);
    assertThat(verdict.ofReader()).extracting(p -> p.code()).isEqualTo(List.of(code));
    assertThat(verdict.ofSchema()).isNotEmpty();
  }
}
