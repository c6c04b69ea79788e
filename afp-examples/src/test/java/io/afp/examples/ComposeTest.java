package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.afp.core.definition.Project;
import io.afp.core.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.package$;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploy/compose.yaml starts fits together, and fits this build; no container is started. */
class ComposeTest {

  private static final Path DEPLOY = Reactor.root().resolve("deploy");
  private static final Pattern ADDRESS = Pattern.compile("//([a-z][a-z0-9-]*):\\d+");
  private static final Pattern SECRET = Pattern.compile("/run/secrets/(\\w+)");

  private static Compose compose;

  @BeforeAll
  static void read() throws IOException {
    compose = Compose.read(DEPLOY.resolve("compose.yaml"));
  }

  /**
   * The schema is that of compose-go 2.9.0; its addresses are none that a validator can resolve.
   */
  @Test
  void itFitsThePublishedSchema() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/compose/compose-spec.json")) {
      ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(file);
      schema.remove(List.of("$schema", "$id"));

      assertThat(
              JsonSchemaFactory.getInstance(VersionFlag.V7)
                  .getSchema(schema)
                  .validate(compose.file()))
          .isEmpty();
    }
  }

  @Test
  void imagesHaveVersionsAndSparkIsTheOneOfTheBuild() throws IOException {
    String spark = "apache/spark:" + package$.MODULE$.SPARK_VERSION() + "-scala2.12-java17-ubuntu";
    List<String> images =
        compose.services().values().stream().map(s -> s.path("image").asText()).toList();

    assertThat(images).allMatch(image -> image.matches("[\\w./-]+:.*\\d.*")).contains(spark);
    for (String file : List.of("airflow/Dockerfile", "kubernetes/Dockerfile")) {
      assertThat(DEPLOY.resolve(file)).content().contains("SPARK_IMAGE=" + spark);
    }
  }

  @Test
  void filesThatAreMountedAreThere() {
    assertThat(compose.mounted()).isNotEmpty().allSatisfy(path -> assertThat(path).exists());
  }

  @Test
  void portsAreOpenOnThisMachineAlone() {
    assertThat(compose.all("ports")).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
  }

  @Test
  void eachSecretThatIsReadIsGivenToItsServiceAndWrittenByTheScript(@TempDir Path folder)
      throws IOException {
    for (Map.Entry<String, JsonNode> service : compose.services().entrySet()) {
      assertThat(Compose.texts(service.getValue().path("secrets")))
          .as(service.getKey())
          .containsAll(found(SECRET, service.getValue().toString()));
    }
    Path make = Files.copy(DEPLOY.resolve("secrets/make"), folder.resolve("make"));
    Command.start(folder, Map.of(), List.of("bash", make.toString())).ended().succeeded();

    Set<String> declared = new TreeSet<>();
    compose.file().get("secrets").fieldNames().forEachRemaining(declared::add);
    assertThat(new TreeSet<>(compose.all("secrets"))).isEqualTo(declared);
    assertThat(Reactor.names(folder)).contains(declared.toArray(String[]::new));
    assertThat(declared)
        .allSatisfy(name -> assertThat(folder.resolve(name)).content().hasSizeGreaterThan(8));
  }

  @Test
  void addressesNameServicesAndTheirSecretsAreGivenToWhoReadsThem() throws IOException {
    String settings = Files.readString(DEPLOY.resolve("project/afp.yaml"));
    String all =
        settings
            + Files.readString(DEPLOY.resolve("compose.yaml"))
            + Files.readString(DEPLOY.resolve("grafana/datasource.yml"))
            + Files.readString(DEPLOY.resolve("marquez/marquez.yml"));
    List<String> hosts = found(ADDRESS, all);
    hosts.remove("localhost");

    assertThat(compose.services().keySet()).containsAll(hosts);
    assertThat(Compose.texts(compose.service("postgres").path("secrets")))
        .containsAll(found(SECRET, Files.readString(DEPLOY.resolve("postgres/init.sql"))));
    for (String driver : List.of("afp", "airflow-scheduler")) {
      List<String> needed = found(SECRET, settings);
      needed.remove("afp_owner"); // of the environment owner
      assertThat(Compose.texts(compose.service(driver).path("secrets"))).containsAll(needed);
    }
  }

  @Test
  void afpAcceptsTheSettingsWithTheSecretsOfAService(@TempDir Path folder) throws IOException {
    assertThat(settings(folder.resolve("afp"), "afp", Optional.empty()).lake().user())
        .contains("afp_run");
    assertThat(settings(folder.resolve("owner"), "afp-migrate", Optional.of("owner")).lake().user())
        .contains("afp_owner");
  }

  /** With the secrets in a folder of the test. */
  private static Settings settings(Path folder, String service, Optional<String> environment)
      throws IOException {
    Files.createDirectory(folder);
    for (String name : Compose.texts(compose.service(service).path("secrets"))) {
      Files.writeString(folder.resolve(name), name + "-value");
    }
    String settings = Files.readString(DEPLOY.resolve("project/afp.yaml"));
    Files.writeString(folder.resolve("afp.yaml"), settings.replace("/run/secrets", folder + ""));
    return Settings.load(new Project(folder), environment, Map.of());
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .distinct()
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
