package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileRulesTest {

  private static final String COLUMNS = "columns: { id: { type: long } }\n";

  @TempDir Path root;

  private ProjectFolder project;

  @BeforeEach
  void start() {
    project = new ProjectFolder(root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "jsonl", "parquet", "avro", "orc"})
  void everyFormatIsKnown(String format) {
    from("format: %s, null_values: [NA]".formatted(format));
    assertThat(project.problems()).isEmpty();
    assertThat(source())
        .isEqualTo(
            new FileSourceDef(
                "x",
                FileFormat.valueOf(format.toUpperCase(Locale.ROOT)),
                CsvDef.usual(),
                StandardCharsets.UTF_8,
                List.of("NA"),
                OnChange.RELOAD));
  }

  @Test
  void csvMayBeWrittenInManyWays() {
    from(
        "format: csv, header: false, delimiter: \"||\", quote: \"'\", escape: \"\\\\\","
            + " comment: \"#\", skip_lines: 3, encoding: windows-1252");
    assertThat(project.problems()).isEmpty();
    assertThat(source().csv()).isEqualTo(new CsvDef(false, "||", "'", "\\", "#", 3));
    assertThat(source().encoding().name()).isEqualTo("windows-1252");
  }

  @Test
  void csvMayHaveTheOptionsOfSparksReader() {
    from(
        "format: csv, ignore_leading_white_space: true, ignore_trailing_white_space: true,"
            + " empty_value: \"\", line_sep: \"\\r\\n\", max_columns: 7, max_chars_per_column: 80");
    assertThat(project.problems()).isEmpty();
    CsvDetails details = new CsvDetails(true, true, Optional.of(""), "\r\n", 7, 80);
    assertThat(source().csv()).isEqualTo(CsvDef.usual().with(details));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "line_sep: \"\\r\\n\", reader: spark | line_sep",
        "max_chars_per_column: 80, quote: \"\u00a7\" | max_chars_per_column",
        "max_columns: 20481, reader: spark | max_columns",
      })
  void whatSparksParserDoesNotKnowIsAnErrorWhereItReads(String keys, String key) {
    from("format: csv, " + keys);
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("(from.%s) AFP-DEF-010".formatted(key), "Spark's parser");
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_columns", "max_chars_per_column"})
  void aLimitOfNothingIsAnError(String key) {
    from("format: csv, %s: 0".formatted(key));
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("(from.%s) AFP-DEF-".formatted(key), "0 is out of range");
  }

  @Test
  void onlySparksParserReadsCharactersThatAreNotOfAscii() {
    from("format: csv, quote: \"\u00a7\"");
    assertThat(source().csv().onlyForSpark()).contains("quote is not of ASCII (quote=\u00a7)");
    assertThat(CsvDef.usual().onlyForSpark()).isEmpty();
  }

  @Test
  void csvMayHaveNoQuotes() {
    from("format: csv, quote: \"\"");
    assertThat(project.problems()).isEmpty();
    assertThat(source().csv().quote()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "header: true | json | only csv has it",
        "delimiter: \";\" | avro | only csv has it",
        "quote: \"'\" | parquet | only csv has it",
        "escape: \"'\" | orc | only csv has it",
        "comment: \"#\" | jsonl | only csv has it",
        "skip_lines: 1 | json | only csv has it",
        "empty_value: x | json | only csv has it",
        "line_sep: x | json | only csv has it",
        "max_columns: 1 | orc | only csv has it",
        "encoding: UTF-8 | parquet | it stores no text in an encoding",
      })
  void aKeyOfAnotherFormatIsAnError(String key, String format, String why) {
    String name = key.substring(0, key.indexOf(':'));
    from("format: %s, %s".formatted(format, key));
    assertThat(project.lines())
        .containsExactly(
            "p/tables/raw/a.yaml:1 (from.%s) AFP-DEF-010 Cannot use %s for raw.a: %s (format=%s) -> Remove it."
                .formatted(name, name, why, format));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "delimiter: \"\\n\" | delimiter | it is a line end",
        "delimiter: \"a'b\", quote: \"'\" | quote | it is part of the delimiter",
        "quote: \"\\r\" | quote | it is a line end",
        "escape: \",\" | escape | it is what delimiters are",
        "comment: \",\" | comment | it is what delimiters are",
        "comment: \"\\\"\" | comment | it is what quotes are",
        "line_sep: \";\", delimiter: \";\" | line_sep | it is part of what delimiters are",
        "line_sep: \"#\\n\", comment: \"#\" | line_sep | it is part of what comments are",
        "quote: \"\", escape: \"\\\\\" | escape | it is without use: there are no quotes",
      })
  void charactersDoNotMeanTwoThings(String keys, String key, String why) {
    from("format: csv, " + keys);
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("(from.%s) AFP-DEF-010 Cannot use %s for raw.a: %s".formatted(key, key, why));
  }

  @Test
  void whatIsNoEncodingOrNoCharacterIsAnError() {
    from("format: csv, encoding: utf-9, quote: ab, delimiter: \"\"");
    assertThat(project.lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("'utf-9' is not an encoding"))
        .anyMatch(line -> line.contains("'ab' is not a single character"))
        .anyMatch(line -> line.contains("'' is no character"));
    project = new ProjectFolder(root);
    from("format: csv, line_sep: \"abc\"");
    assertThat(project.lines()).singleElement().asString().contains("'abc' is not one or two");
  }

  @Test
  void javaSaysTheSame() {
    TableDef table =
        TableDef.named("raw.a")
            .fromFiles("x", FileFormat.JSONL, f -> f.encoding("UTF-16").nullValues("NA"))
            .column("id", "long")
            .build();
    from("format: jsonl, encoding: UTF-16, null_values: [NA]");
    assertThat(table.fileSource()).contains(source());
  }

  private FileSourceDef source() {
    return project.read().tables().get(0).fileSource().orElseThrow();
  }

  private void from(String keys) {
    project.table("raw.a", "from: { files: x, %s }\n".formatted(keys) + COLUMNS);
  }
}
