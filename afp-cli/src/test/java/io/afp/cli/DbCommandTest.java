package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database.Account;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbCommandTest {

  private TestProjectFolder project;

  @BeforeEach
  void aProject(@TempDir Path folder) {
    project = TestProjectFolder.in(folder, new Account("", Optional.empty(), Optional.empty()));
  }

  @Test
  void theAddressHasNoPassword() {
    project.write(
        "afp.yaml",
        "lake: { uri: \"jdbc:postgresql://db/afp?password=geheim9\", user: afp, password: geheim8 }\n");

    assertThat(project.afp("db url").succeeded().out().strip())
        .isEqualTo("jdbc:postgresql://db/afp?user=afp");
    TestCommand json = project.afp("db url --json");
    assertThat(json.data().path("url").asText()).isEqualTo("jdbc:postgresql://db/afp?user=afp");
    assertThat(json.out()).doesNotContain("geheim");
  }

  @Test
  void withoutARunningPostgresThereIsNoAddressOnStdout() {
    project.write("afp.yaml", "");

    TestCommand url = project.afp("db url").endedWith(69);

    assertThat(url.out()).isEmpty();
    assertThat(url.err()).contains("AFP-LED-005", "not running", "afp db start");
    assertThat(project.afp("db url --json").endedWith(69).json().at("/data/running").asBoolean())
        .isFalse();
  }
}
