package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.definition.FileFormat;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of every format to published tables, by interval, through the job itself. */
class FormatsJobTest {

  private static final String TABLE =
      """
      from: { files: "in/${interval:yyyy-MM}/part-*", format: %s }
      columns:
        id:   { type: int, required: true }
        name: { type: string }
        day:  { type: date, required: true }
      partition_by: [month(day)]
      write: { interval_column: day }
      rejects: { at_most: 100%% }
      """;

  @TempDir private Path root;
  private TestProject project;

  @AfterEach
  void close() {
    project.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatIsLoadedByIntervalWithItsRejects(FileFormat format) {
    open(format);
    write(format, "2024-01", "select 1 id, 'a' name, '2024-01-31' day");
    write(
        format,
        "2024-02",
        "select 2 id, 'b' name, '2024-02-01' day union all select 3, 'c', '2024-03-01'"
            + " union all select null, 'd', '2024-02-02'");
    JsonNode report = run("2024-01..2024-02");

    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(project.lake("select * from raw.t"))
        .containsExactly("1 a 2024-01-31", "2 b 2024-02-01");
    assertThat(
            project.lake(
                "select interval_start, reasons[0].column, reasons[0].reason from raw.t__rejects"))
        .containsExactlyInAnyOrder("2024-02-01 day interval", "2024-02-01 id required");
    assertThat(run("2024-01..2024-02").get("outcome").asText()).isEqualTo("nothing_to_do");
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "PARQUET", "AVRO", "ORC"})
  void aBrokenFileLeavesMainAsItWas(FileFormat format) {
    open(format);
    write(format, "2024-01", "select 1 id, 'a' name, '2024-01-31' day");
    run("2024-01");
    write(format, "2024-02", "select 2 id, 'b' name, '2024-02-01' day");
    project.file("p/in/2024-02/part-zz", new byte[] {'{', 'x'});
    JsonNode report = run("2024-02");

    assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(65);
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith("AFP-ING-002 Cannot read file ")
        .contains("in/2024-02/part-zz: it is broken");
    assertThat(project.lake("select id from raw.t")).containsExactly("1");
  }

  @Test
  void howFilesAreWrittenIsSaidByTheDefinition() {
    open(FileFormat.CSV);
    project.table(
        "raw.t",
        TABLE
            .formatted("csv, delimiter: \"||\", skip_lines: 1, encoding: UTF-16")
            .replace("part-*", "*"));
    String january = "report of today\r\nid||name||day\r\n1||a||2024-01-31\r\n";
    project.file("p/in/2024-01/report", january.getBytes(StandardCharsets.UTF_16));
    JsonNode report = run("2024-01");
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a 2024-01-31");
  }

  private void open(FileFormat format) {
    project = new TestProject(root, "interval: { unit: month, zone: UTC }");
    project.table("raw.t", TABLE.formatted(format));
  }

  private JsonNode run(String interval) {
    return project.run(List.of(Phase.INGEST), "--interval", interval);
  }

  private void write(FileFormat format, String month, String query) {
    String spark = format == FileFormat.JSONL ? "json" : format.toString();
    Path written = root.resolve("written");
    TestSpark.session()
        .sql(query)
        .coalesce(1)
        .write()
        .format(spark)
        .option("header", true)
        .mode("overwrite")
        .save(written.toUri().toString());
    try (Stream<Path> files = Files.list(written)) {
      Path file =
          files
              .filter(f -> f.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow();
      project.file("p/in/%s/part-0".formatted(month), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
