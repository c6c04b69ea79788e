package io.afp.agentic.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.core.error.AfpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintReportsTest {

  private static final Finding ONE =
      new Finding(Code.DOC004, "it still says 'TODO'", "a/b.md", 7, "Write it.");
  private static final Finding OTHER =
      new Finding(Code.MOD004, "it has 900 lines", "a/c.yaml", 0, "Split it.");

  @TempDir Path folder;

  @Test
  void sarifHasARuleForEachCodeAndAResultForEachFinding() {
    JsonNode run = Sarif.document(List.of(ONE, OTHER, ONE), "1.0").path("runs").path(0);

    assertThat(run.at("/tool/driver/rules")).hasSize(2);
    assertThat(run.path("results")).hasSize(3);
    assertThat(run.at("/results/0/ruleId").asText()).isEqualTo("DOC004");
    assertThat(run.at("/results/0/level").asText()).isEqualTo("error");
    assertThat(run.at("/results/1/level").asText()).isEqualTo("warning");
    assertThat(run.at("/results/0/locations/0/physicalLocation/region/startLine").asInt())
        .isEqualTo(7);
    assertThat(run.at("/results/1/locations/0/physicalLocation").has("region")).isFalse();
  }

  @Test
  void aBaselineKnowsAFindingOnAnotherLine() throws IOException {
    Path file = folder.resolve("baseline.json");
    Files.writeString(
        file,
        """
        {"diagnostics": [
          {"code": "DOC004", "path": "a/b.md", "line": 1, "message": "it still says 'TODO'"}]}
        """);

    assertThat(Baseline.read(file).without(List.of(ONE, OTHER))).containsExactly(OTHER);
  }

  @Test
  void claimsWithoutWorkAndEditedRecordsAreNeverOld() throws IOException {
    Path file = folder.resolve("baseline.json");
    for (Code code : List.of(Code.TSK007, Code.PHA003, Code.PRM002, Code.PRM005)) {
      Finding told = new Finding(code, "it was edited", "a/b.md", 0, "Restore it.");
      Files.writeString(
          file,
          "{\"diagnostics\": [{\"code\": \"%s\", \"path\": \"a/b.md\", \"message\": \"%s\"}]}"
              .formatted(code, told.message()));

      assertThat(Baseline.read(file).without(List.of(told))).containsExactly(told);
      assertThat(LintPage.text()).contains(", " + code);
    }
  }

  @Test
  void aFileThatIsNoBaselineIsRefused() throws IOException {
    Path file = folder.resolve("baseline.json");
    for (String text : List.of("{}", "no JSON", "")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> Baseline.read(file))
          .isInstanceOf(AfpException.class)
          .hasMessageContaining("AFP-CLI-001 Cannot use the baseline");
    }
  }
}
