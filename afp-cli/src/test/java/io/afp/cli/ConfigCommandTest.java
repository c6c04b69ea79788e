package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database.Account;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {

  private TestProjectFolder project;

  @BeforeEach
  void settings(@TempDir Path folder) {
    project = TestProjectFolder.in(folder, new Account("", Optional.empty(), Optional.empty()));
    project.write(
        "afp.yaml",
        """
        lake:
          uri: "jdbc:postgresql://db/afp?password=geheim1"
          user: afp
          password: "${file:secret}"
        environments:
          dev: { spark: { master: "local[1]" } }
          prod: { spark: { master: "spark://master:7077" } }
        """);
    project.write("secret", "geheim2");
  }

  @Test
  void everySettingHasAValueAndAPlace() {
    assertThat(project.afp("config show --env dev").lines())
        .contains(
            "project %s, environment dev".formatted(project.root()),
            "lake.uri jdbc:postgresql://db/afp?****** afp.yaml:2",
            "lake.user afp afp.yaml:3",
            "lake.password ****** afp.yaml:4, ${file:secret}",
            "spark.master local[1] afp.yaml:6 (environments.dev)",
            "spark.ui.enabled false default of afp run");
  }

  @Test
  void aDriverOfAClusterIsReachedFromItsWorkers() {
    assertThat(project.afp("config show --env dev").lines())
        .contains("spark.driver.host 127.0.0.1 default of afp run");
    assertThat(project.afp("config show --env prod").succeeded().out())
        .contains("spark://master:7077")
        .doesNotContain("spark.driver.host", "spark.driver.bindAddress");
  }

  @Test
  void noSecretIsShown() {
    assertThat(project.afp("config show").succeeded().out()).doesNotContain("geheim");
    assertThat(project.afp("config show --json").succeeded().out()).doesNotContain("geheim");
  }

  @Test
  void aValueThatCanNotBeUsedHidesNoOther() {
    project.write(
        "afp.yaml",
        """
        lake: { uri: "mysql://db/afp", password: "${env:AFP_IS_NOT_THERE}" }
        spark: { driver.memory: "${file:/no/such/file}" }
        """);

    TestCommand show = project.afp("config show").endedWith(78);

    assertThat(show.err()).contains("AFP-SET-001", "${env:AFP_IS_NOT_THERE}", "AFP-SET-002");
    assertThat(show.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains(
            "lake.uri wrong afp.yaml:1",
            "lake.password unresolved afp.yaml:1, ${env:AFP_IS_NOT_THERE}",
            "spark.driver.memory unresolved afp.yaml:2, ${file:/no/such/file}",
            "spark.master local[*] default of afp run");
    assertThat(project.afp("config show --json").endedWith(78).json().at("/data/settings"))
        .hasSizeGreaterThan(5);
  }

  @Test
  void aFileThatCanNotBeReadHasNoSettings() {
    project.write("afp.yaml", "lake: [");

    assertThat(project.afp("config show").endedWith(78).out()).isEmpty();
  }

  @Test
  void theDocumentHasTheSame() {
    assertThat(project.afp("config show --json").data().path("settings"))
        .anySatisfy(
            setting -> {
              assertThat(setting.path("setting").asText()).isEqualTo("spark.master");
              assertThat(setting.path("value").asText()).isEqualTo("local[*]");
              assertThat(setting.path("from").asText()).isEqualTo("default of afp run");
            });
  }
}
