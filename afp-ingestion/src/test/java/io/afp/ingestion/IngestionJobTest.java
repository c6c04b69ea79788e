package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files to published tables, through the job itself. */
class IngestionJobTest {

  private static final String TABLE =
      """
      from: { files: "%s", format: csv, null_values: [NA, "-"] }
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

  @BeforeEach
  void open() {
    project =
        new TestProject(
                root.resolve("my [new] prójekt {x}"), "interval: { unit: month, zone: UTC }")
            .table("raw.t", TABLE.formatted("data in/${interval:yyyy-MM} *.csv*"));
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void allFilesOfAllUnitsAreLoadedWhateverTheirNames() {
    month("2024-01 ä.csv", "1,a,2024-01-31", "2,NA,2024-01-01");
    month("2024-01 [b].csv", "3,-,2024-01-15");
    month("2024-02 {x}.csv", "4,100%,2024-02-29");
    JsonNode report = run("2024-01..2024-02");

    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(project.lake("select * from raw.t"))
        .containsExactly(
            "1 a 2024-01-31", "2 null 2024-01-01", "3 null 2024-01-15", "4 100% 2024-02-29");
    assertThat(project.ledger("select path from afp.loaded_file order by path"))
        .as("relative to the pipeline")
        .containsExactly(
            "data in/2024-01 [b].csv", "data in/2024-01 ä.csv", "data in/2024-02 {x}.csv");
  }

  @Test
  void whatDoesNotFitIsKeptWithItsReasonsAndItsFile() {
    month(
        "2024-01 a.csv",
        "1,a,2024-01-31",
        "x,b,2024-02-01",
        ",c,2024-01-02",
        "4,d",
        "5,e,31.1.2024");
    month("2024-02 b.csv", "6,f,2024-02-01", "7,g,2024-01-31");
    assertThat(run("2024-01..2024-02").get("exit").asInt()).isZero();

    assertThat(project.lake("select id from raw.t")).containsExactly("1", "6");
    assertThat(
            project.lake(
                """
                select interval_start, concat_ws(';', transform(reasons, r -> concat_ws(' ', r.column, r.reason, r.value))),
                  record, regexp_extract(file, '[ab].csv$', 0) from raw.t__rejects
                """))
        .containsExactly(
            "2024-01-01  malformed 4,d 4,d a.csv",
            "2024-01-01 day type 31.1.2024 {\"id\":\"5\",\"name\":\"e\",\"day\":\"31.1.2024\"} a.csv",
            "2024-01-01 id required {\"name\":\"c\",\"day\":\"2024-01-02\"} a.csv",
            "2024-01-01 id type x;day interval 2024-02-01 {\"id\":\"x\",\"name\":\"b\",\"day\":\"2024-02-01\"} a.csv",
            "2024-02-01 day interval 2024-01-31 {\"id\":\"7\",\"name\":\"g\",\"day\":\"2024-01-31\"} b.csv");
    assertThat(
            project.ledger(
                """
                select rows_in || ' ' || rows_out || ' ' || rows_rejected from afp.step where phase = 'ingest'
                """))
        .containsExactly("7 2 5");
  }

  @Test
  void aMissingFileOfAnyUnitStopsTheRunAndAllAreNamed() {
    month("2024-02 a.csv", "1,a,2024-02-01");
    project.file("p/data in/_2024-03 a.csv", "id,name,day\n");
    JsonNode report = run("2024-01..2024-03");

    assertThat(report.get("exit").asInt()).isEqualTo(66);
    assertThat(TestProject.problems(report))
        .hasSize(2)
        .allMatch(p -> p.startsWith("AFP-ING-001 Cannot read source raw.t: there is no file"))
        .anyMatch(p -> p.contains("files=data in/2024-01 *.csv*, interval=2024-01"))
        .anyMatch(p -> p.contains("files=data in/2024-03 *.csv*, interval=2024-03"));
  }

  @Test
  void aFileThatIsCutOffStopsTheRunAndIsNamed() throws IOException {
    Random random = new Random(1);
    String rows =
        IntStream.range(0, 200_000)
            .mapToObj(i -> i + "," + Long.toHexString(random.nextLong()) + ",2024-01-01\n")
            .collect(Collectors.joining());
    byte[] whole = zipped("id,name,day\n" + rows);
    project.file("p/data in/2024-01 ü.csv.gz", Arrays.copyOf(whole, whole.length / 2));
    JsonNode report = run("2024-01");

    assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(65);
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith("AFP-ING-002 Cannot read file ")
        .contains("data in/2024-01 ü.csv.gz: it is broken (java.io.EOFException");
  }

  @Test
  void aByteThatChangesMakesAUnitUndoneAndNothingElseDoes() {
    month("2024-01 a.csv", "1,a,2024-01-31");
    month("2024-02 a.csv", "2,b,2024-02-01");
    run("2024-01..2024-02");
    month("2024-01 a.csv", "1,a,2024-01-31");
    assertThat(run("2024-01..2024-02").get("outcome").asText()).isEqualTo("nothing_to_do");

    month("2024-01 a.csv", "1,A,2024-01-31");
    assertThat(run("2024-01..2024-02").get("outcome").asText()).isEqualTo("published");
    assertThat(project.lake("select name from raw.t")).containsExactly("A", "b");
    assertThat(project.ledger("select unit from afp.step_unit order by unit"))
        .as("only the unit whose file changed was done again")
        .containsExactly("2024-01", "2024-01", "2024-02");
  }

  @Test
  void rejectsAreReplacedWithTheirUnit() {
    month("2024-01 a.csv", "x,a,2024-01-31");
    month("2024-02 a.csv", "y,a,2024-02-01");
    run("2024-01..2024-02");
    month("2024-01 a.csv", "1,a,2024-01-31");
    run("2024-01..2024-02");

    assertThat(project.lake("select record from raw.t__rejects"))
        .as("those of January are mended, those of February are still there")
        .containsExactly("{\"id\":\"y\",\"name\":\"a\",\"day\":\"2024-02-01\"}");
  }

  @Test
  void aFullRefreshReadsTheFilesOfAllDoneUnitsAgain() {
    month("2024-01 a.csv", "x,a,2024-01-31", "1,b,2024-01-31");
    month("2024-02 a.csv", "2,a,2024-02-01");
    run("2024-01");
    run("2024-02");
    month("2024-01 a.csv", "1,b,2024-01-31");
    String narrower = TABLE.replace("  name: { type: string }\n", "");
    project.table("raw.t", narrower.formatted("data in/${interval:yyyy-MM} *.csv*"));
    JsonNode report = project.run(List.of(Phase.INGEST), "--full-refresh");

    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(project.lake("select * from raw.t")).containsExactly("1 2024-01-31", "2 2024-02-01");
    assertThat(project.lake("select record from raw.t__rejects")).isEmpty();
    assertThat(project.ledger("select unit || ' ' || release_id from afp.loaded_file order by 1"))
        .containsExactly("2024-01 3", "2024-02 3");
  }

  @Test
  void aFullRefreshIsRefusedWhenFilesOfDoneUnitsAreGone() throws IOException {
    month("2024-01 a.csv", "1,a,2024-01-31");
    run("2024-01");
    Files.delete(root.resolve("my [new] prójekt {x}/p/data in/2024-01 a.csv"));
    month("2024-02 a.csv", "2,a,2024-02-01");
    JsonNode report = project.run(List.of(Phase.INGEST), "--full-refresh", "--interval", "2024-02");

    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith("AFP-ING-001 Cannot read source raw.t: there is no file")
        .contains("interval=2024-01");
    assertThat(report.toString()).contains("Bring the files of all done intervals back");
    assertThat(project.lake("select id from raw.t")).containsExactly("1");
  }

  private JsonNode run(String interval) {
    return project.run(List.of(Phase.INGEST), "--interval", interval);
  }

  private void month(String name, String... lines) {
    project.file("p/data in/" + name, "id,name,day\n" + String.join("\n", lines) + "\n");
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
