package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that look at what was done, where nothing can have been done. */
class NoProjectTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "runs",
        "runs show 1",
        "checks",
        "rejects history",
        "releases",
        "branch list",
        "branch drop b",
        "logs 1",
        "sql select",
        "rollback --to 1",
        "clean"
      })
  void aFolderThatIsNoProjectIsNamedAndNothingIsMade(String command) throws IOException {
    TestCommand ended = at(command).endedWith(78);

    assertThat(ended.json().at("/diagnostics/0/code").asText()).isEqualTo("AFP-DEF-014");
    assertThat(ended.json().at("/diagnostics/0/message").asText()).contains(folder.toString());
    assertThat(ended.json().at("/diagnostics/0/fix").asText()).contains("afp init", "--project");
    try (var made = Files.list(folder)) {
      assertThat(made).isEmpty();
    }
  }

  /** A run makes it, also where there is no file for settings. */
  @Test
  void aFolderInWhichSomethingRanIsAProject() throws IOException {
    Files.createDirectories(folder.resolve(".afp/logs"));

    assertThat(at("logs 1").endedWith(64).out()).doesNotContain("AFP-DEF-014");
  }

  private TestCommand at(String command) {
    return TestCommand.run(TestCommand.words(command, "--json", "--project", folder.toString()));
  }
}
