package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that is wrong with a project is said at once, by a command that starts neither Spark nor
 * Postgres.
 */
class ValidateIT {

  private ProjectCopy project;

  @BeforeEach
  void copy(@TempDir Path folder) {
    project = ProjectCopy.in(folder);
  }

  @Test
  void fiveDifferentMistakesAreFoundInOneGo() throws Exception {
    breakFiveThings();

    Command.Ended ended = project.afp("validate", "--json").endedWith(78);

    assertThat(ended.codes())
        .containsExactlyInAnyOrder(
            "AFP-DEF-002",
            "AFP-DEF-004",
            "AFP-DEF-005",
            "AFP-DEF-006", // at both files
            "AFP-DEF-006",
            "AFP-DEF-008");
    for (JsonNode problem : ended.json().path("diagnostics")) {
      assertThat(problem.path("severity").asText()).isEqualTo("error");
      assertThat(problem.path("path").asText()).as("%s", problem).endsWith(".yaml");
      assertThat(problem.path("line").asInt()).as("%s", problem).isPositive();
      assertThat(problem.path("fix").asText()).as("%s", problem).isNotBlank();
    }
    assertThat(ended.json().path("ok").asBoolean()).isFalse();
    assertThat(ended.json().path("command").asText()).isEqualTo("validate");
    assertThat(project.root().resolve(".afp")).doesNotExist();
  }

  @Test
  void withoutJsonEveryMistakeIsALineForPeople() throws Exception {
    breakFiveThings();

    Command.Ended ended = project.afp("validate").endedWith(78);

    assertThat(ended.err())
        .contains("AFP-DEF-002", "AFP-DEF-004", "AFP-DEF-005", "AFP-DEF-006", "AFP-DEF-008")
        .contains("Did you mean 'description'?", "airlines.yaml:1");
  }

  /** An unknown key, a wrong type, a missing file, a table twice, and a reference to no table. */
  private void breakFiveThings() throws Exception {
    project.replace("flights/tables/raw/airlines.yaml", "description: Names", "descripton: Names");
    project.replace(
        "flights/tables/raw/airports.yaml", "alt:   { type: int,", "alt:   { type: number,");
    Files.delete(project.root().resolve("flights/tables/mart/carrier_day.sql"));
    project.replace(
        "flights/tables/core/flight.yaml",
        "references: core.plane.tailnum",
        "references: core.planes.tailnum");
    project.write("more/pipeline.yaml", "pipeline: more\ninterval: { unit: month, zone: UTC }\n");
    project.write("more/tables/core/flight.yaml", "columns: { carrier: { type: string } }\n");
    project.write("more/tables/core/flight.sql", "select 'UA' as carrier\n");
  }

  @Test
  void aSoundProjectIsValid() {
    Command.Ended ended = project.afp("validate", "--json").succeeded();

    assertThat(ended.json().path("ok").asBoolean()).isTrue();
    assertThat(ended.json().at("/data/tables")).hasSize(10);
    assertThat(ended.codes()).isEmpty();
  }
}
