package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says about itself and about wrong calls. */
class CommandLineIT {

  private ProjectCopy project;

  @BeforeEach
  void copy(@TempDir Path folder) {
    project = ProjectCopy.in(folder);
  }

  @ParameterizedTest(name = "afp {0}")
  @ValueSource(
      strings = {
        "run --json",
        "run flights --nonsense --json",
        "run flights --skip-code many --json",
        "fly --json",
        "sql --json",
        "db fly --json",
        "status too many --json"
      })
  void aWrongCallIsSaidToBeOne(String call) {
    Command.Ended ended = project.afp(call.split(" ")).endedWith(64);

    assertThat(ended.codes()).containsExactly("AFP-CLI-001");
    assertThat(ended.json().path("ok").asBoolean()).isFalse();
    assertThat(ended.json().at("/diagnostics/0/fix").asText()).contains("--help");
    assertThat(project.root().resolve(".afp")).doesNotExist();
  }

  @Test
  void withoutJsonAWrongCallIsExplainedOnStderr() {
    Command.Ended ended = project.afp("run", "flights", "--nonsense").endedWith(64);

    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("AFP-CLI-001", "--nonsense", "afp run --help");
  }

  @ParameterizedTest(name = "--interval {0}")
  @ValueSource(strings = {"2013-13", "yesterday", "2013-01-05"})
  void anIntervalThatIsNoWholeUnitIsRefusedBeforeAnythingIsStarted(String interval) {
    Command.Ended ended = project.afp("run", "flights", "--interval", interval, "--json");

    assertThat(ended.endedWith(64).codes()).containsExactly("AFP-RUN-001");
    assertThat(project.root().resolve(".afp")).doesNotExist();
  }

  @ParameterizedTest(name = "afp {0} --help")
  @ValueSource(strings = {"", "run", "validate", "status", "runs show", "sql", "db", "db start"})
  void everyCommandExplainsItself(String command) {
    String[] words = (command + " --help").strip().split(" ");

    assertThat(project.afp(words).succeeded().out()).startsWith("Usage: afp " + command);
  }

  @Test
  void aFolderWithoutAPipelineIsNamed() {
    Command.Ended ended = project.afp("run", "trains", "--interval", "2013-01", "--json");

    assertThat(ended.endedWith(78).codes()).containsExactly("AFP-DEF-011");
    assertThat(ended.out()).contains("trains");
  }
}
