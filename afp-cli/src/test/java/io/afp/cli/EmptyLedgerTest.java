package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmptyLedgerTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"runs", "checks", "rejects history", "releases", "branch list", "status"})
  void whereNothingHappenedYetThisIsSaid(String command) {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);

    assertThat(project.afp(command).lines()).hasSize(1);
    assertThat(project.afp(command + " --json").data()).isEmpty();
    assertThat(project.afp(command + " --json").json().path("command").asText()).isEqualTo(command);
  }

  @Test
  void aDatabaseWithoutALedgerIsRefused() {
    TestProjectFolder project = TestProjectFolder.in(folder, TestPostgres.empty());

    assertThat(project.afp("runs --json").endedWith(78).out())
        .contains("AFP-LED-002", "db migrate");
  }
}
