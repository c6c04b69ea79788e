package io.afp.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.Project;
import io.afp.core.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The databases that sources read. */
class ConnectionsTest {

  private static final String FILE =
      """
      connections:
        crm: { uri: "jdbc:postgresql://db/crm?password=geheim1", user: afp, password: "${env:CRM}" }
        old: { uri: "jdbc:sqlserver://db;databaseName=old;password=geheim2", driver: com.acme.Driver }
      environments:
        dev: { connections: { crm: { uri: "jdbc:postgresql://localhost/crm" } } }
      """;

  @TempDir Path root;

  @Test
  void anEnvironmentIsLaidOverThemKeyByKey() throws IOException {
    ConnectionSettings crm = load(FILE, "dev").connections().get("crm");
    assertThat(crm.uri()).isEqualTo("jdbc:postgresql://localhost/crm");
    assertThat(crm.user()).contains("afp");
    assertThat(crm.password().map(Secret::reveal)).contains("geheim3");
    assertThat(crm.toString()).doesNotContain("geheim");
  }

  @Test
  void theyAreShownWithoutSecrets() throws IOException {
    Files.writeString(root.resolve("afp.yaml"), FILE);
    Settings settings =
        Settings.load(new Project(root), Optional.empty(), Map.of("CRM", "geheim3"));
    assertThat(settings.shown())
        .contains(
            new ShownSetting(
                "connections.crm.uri", "jdbc:postgresql://db/crm?******", "afp.yaml:2"),
            new ShownSetting("connections.crm.user", "afp", "afp.yaml:2"),
            new ShownSetting("connections.crm.password", "******", "afp.yaml:2, ${env:CRM}"),
            new ShownSetting("connections.old.uri", "jdbc:sqlserver://db;******", "afp.yaml:3"),
            new ShownSetting("connections.old.driver", "com.acme.Driver", "afp.yaml:3"));
    assertThat(settings.shown().toString()).doesNotContain("geheim");
  }

  @Test
  void whatCanNotBeUsedIsReportedAtItsPlace() throws IOException {
    String file =
        """
        connections:
          crm: { uri: "postgres://db/crm" }
          none: { user: afp }
          9x: { uri: "jdbc:x:y" }
        """;
    Files.writeString(root.resolve("afp.yaml"), file);
    List<String> problems;
    try {
      problems =
          Settings.check(new Project(root), Optional.empty(), Map.of()).problems().stream()
              .map(Problem::message)
              .toList();
    } catch (io.afp.core.error.AfpException e) {
      problems = e.problems().stream().map(Problem::message).toList();
    }
    assertThat(problems)
        .anyMatch(p -> p.contains("Cannot use connections.crm.uri: it is not a JDBC address"))
        .anyMatch(p -> p.contains("'9x' is not a name"));
    Files.writeString(root.resolve("afp.yaml"), "connections: { none: { user: afp } }\n");
    assertThat(Settings.check(new Project(root), Optional.empty(), Map.of()).problems())
        .singleElement()
        .extracting(Problem::message)
        .isEqualTo("Cannot use connection none: it has no address");
  }

  private Settings load(String file, String environment) throws IOException {
    Files.writeString(root.resolve("afp.yaml"), file);
    return Settings.load(new Project(root), Optional.of(environment), Map.of("CRM", "geheim3"));
  }
}
