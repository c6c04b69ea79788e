package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database;
import io.afp.core.ledger.Database.Account;
import io.afp.core.ledger.LedgerVersion;
import io.afp.core.testing.TestPostgres;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void anEmptyPostgresGetsTheLedgerOfThisVersionOnce() {
    Account account = TestPostgres.empty();
    project = TestProjectFolder.in(project.root().getParent(), account);

    assertThat(project.afp("db migrate --json").data().path("applied").asInt()).isPositive();

    try (Database database = Database.open(account, "test")) {
      assertThat(LedgerVersion.found(database)).isEqualTo(LedgerVersion.CURRENT);
    }
    assertThat(project.afp("status").lines()).containsExactly("No pipeline has run yet");
    assertThat(project.afp("db migrate").lines()).containsExactly("The ledger is up to date");
  }

  @ParameterizedTest
  @ValueSource(strings = {"db start", "db stop"})
  void aPostgresOfOnesOwnIsNeitherStartedNorStopped(String command) {
    project.write("afp.yaml", "lake: { uri: \"jdbc:postgresql://db/afp\" }\n");

    TestCommand refused = project.afp(command).endedWith(78);

    assertThat(refused.err())
        .contains("AFP-SET-002", "(lake.uri is set)", "fix  Start and stop it");
    assertThat(project.root().resolve(".afp")).doesNotExist();
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
