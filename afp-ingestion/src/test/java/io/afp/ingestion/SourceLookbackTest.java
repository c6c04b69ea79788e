package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that looks back reads files again that have changed, and no others. */
class SourceLookbackTest {

  @TempDir private Path root;

  @Test
  void filesOfTheMonthsBeforeAreReadAgainIfTheyChangedAndLeftIfTheyAreGone() throws IOException {
    try (TestProject project = new TestProject(root, "interval: { unit: month, zone: UTC }")) {
      project.table(
          "raw.t",
          """
          from: { files: "${interval:yyyy-MM}.csv", format: csv }
          columns: { id: { type: int }, day: { type: date } }
          partition_by: [month(day)]
          write: { interval_column: day, lookback: 3 }
          """);
      for (int month = 1; month <= 4; month++) {
        month(project, month, month);
      }
      run(project, "2024-01..2024-03");
      month(project, 2, 22);
      Files.delete(root.resolve("p/2024-01.csv"));

      assertThat(project.plan("--interval", "2024-04"))
          .containsExactly(
              "raw.t 2024-02 lookback late rows of 2024-04 (lookback=3)", "raw.t 2024-04 missing");
      run(project, "2024-04");

      assertThat(project.lake("select id from raw.t")).containsExactly("1", "22", "3", "4");
      assertThat(project.plan("--interval", "2024-02..2024-04")).isEmpty();
    }
  }

  private static void month(TestProject project, int month, int id) {
    project.file(
        "p/2024-%02d.csv".formatted(month), "id,day\n%d,2024-%02d-01\n".formatted(id, month));
  }

  private static void run(TestProject project, String interval) {
    JsonNode report = project.run(List.of(Phase.INGEST), "--interval", interval);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
  }
}
