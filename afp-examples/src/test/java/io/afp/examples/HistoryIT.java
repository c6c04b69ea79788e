package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What ran is told from the real ledger. */
@ExtendWith(January.class)
@Tag("long")
class HistoryIT {

  @Test
  void aRunOfTheListIsShownAndHasALog(ProjectCopy project) {
    JsonNode runs = project.afp("runs", "flights", "--json").succeeded().json().path("data");
    String newest = runs.at("/0/run_id").asText().substring(0, 8);

    assertThat(runs.findValuesAsText("interval")).containsExactly("2013-02", "2013-01");
    assertThat(project.afp("runs", "show", newest).succeeded().out())
        .contains("core.flight", "mart.carrier_day", "release 2");
    assertThat(project.afp("logs", newest).succeeded().out()).contains("INFO", "core.flight");
    assertThat(project.afp("logs", newest, "--json").succeeded().json().path("data"))
        .allMatch(record -> !record.path("message").asText().isEmpty());
  }

  @Test
  void checksReleasesAndBranchesAreThoseOfTheRuns(ProjectCopy project) {
    assertThat(project.afp("checks", "core.flight").succeeded().out())
        .contains("core.flight.carrier.required", "passed");
    assertThat(project.afp("releases", "--json").succeeded().json().path("data"))
        .extracting(release -> release.path("release").asInt())
        .containsExactly(2, 1);
    assertThat(project.afp("branch", "list").succeeded().out()).contains("No branch");
    assertThat(project.afp("rejects", "history", "raw.flights").succeeded().out())
        .contains("No row");
  }

  @Test
  void aBackfillSaysWhatItWouldDoAgainOfATableAndOfWhatIsMadeOfIt(ProjectCopy project) {
    String[] words =
        "backfill flights --from 2013-01 --to 2013-02 --chunk 1 --restate --select core.flight+ --dry-run --json"
            .split(" ");

    JsonNode data = project.afp(words).succeeded().json().path("data");

    assertThat(data.path("outcome").asText()).isEqualTo("planned");
    assertThat(data.path("chunks").findValuesAsText("interval"))
        .containsExactly("2013-01", "2013-02");
    assertThat(data.path("steps"))
        .extracting(step -> step.path("table").asText())
        .contains("core.flight", "mart.carrier_day", "mart.route_month")
        .doesNotContain("raw.flights", "core.plane");
    assertThat(project.afp("runs", "--json").succeeded().json().path("data")).hasSize(2);
  }

  @Test
  void aMachineOnWhichARunSucceededIsWell(ProjectCopy project) {
    assertThat(project.afp("doctor").succeeded().out())
        .contains("spark", "ledger")
        .doesNotContain("wrong");
  }
}
