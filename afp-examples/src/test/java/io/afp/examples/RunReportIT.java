package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The end of a run says in a few lines what it did, and the ledger says the same. */
@ExtendWith(January.class)
@Tag("long")
class RunReportIT {

  @Test
  void theTableHasARowForEachStepWithItsNumbers(Command.Ended run) {
    assertThat(run.out().lines().findFirst().orElse(""))
        .matches("table +step +rows in +rows out +rejected +bytes +seconds");
    assertThat(run.out().lines())
        .anyMatch(l -> l.matches("raw\\.flights +ingest +1,000 +1,000 +0 +[\\d,]+ +[\\d.]+"))
        .anyMatch(l -> l.matches("core\\.flight +transform +1,000 +1,000 +0 +[\\d,]+ +[\\d.]+"))
        .anyMatch(
            l -> l.matches("mart\\.carrier_day +serve +[\\d,]+ +[\\d,]+ +0 +[\\d,]+ +[\\d.]+"))
        .noneMatch(l -> l.startsWith("raw.airlines"));
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void theChecksAreCountedAndTheReleaseIsNamed(Command.Ended run) {
    assertThat(run.out().lines())
        .anyMatch(
            l ->
                l.matches(
                    "\\d+ checks: \\d+ passed, \\d+ warned, 0 failed; \\d+ of them measured in the write"))
        .anyMatch(l -> l.matches("run \\S{36}, attempt 1: succeeded, release 2"));
  }

  @Test
  void thePipelineStandsInTheStatus(Command.Ended run, ProjectCopy project) {
    JsonNode status = project.afp("status", "--json").succeeded().json().path("data");

    assertThat(status).hasSize(1);
    assertThat(status.at("/0/pipeline").asText()).isEqualTo("flights");
    assertThat(status.at("/0/state").asText()).isEqualTo("succeeded");
    assertThat(status.at("/0/interval").asText()).isEqualTo("2013-02");
    assertThat(run.out()).contains(status.at("/0/run_id").asText());
  }

  @Test
  void theDriverWasInTheEnvironmentThatWasNamed(Command.Ended run, ProjectCopy project)
      throws IOException {
    assertThat(run.out()).contains("succeeded");
    assertThat(January.traces(project)).contains("afp:flights");
  }
}
