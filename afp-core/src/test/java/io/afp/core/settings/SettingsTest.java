package io.afp.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  private static final String DESIGN =
      """
      lake: { uri: "jdbc:postgresql://db/afp", user: afp, password: "${env:AFP_PG_PASSWORD}", warehouse: "s3a://lake/" }
      serving: { uri: "jdbc:postgresql://db/serving", user: afp_serving, password: "${file:serving}" }
      spark: { master: yarn, sql.shuffle.partitions: 8, spark.ui.enabled: false }
      environments:
        dev: { spark: { master: "local[*]" } }
        stage: { lake: { uri: "jdbc:postgresql://stage/afp" } }
      """;
  private static final Map<String, String> VARIABLES = Map.of("AFP_PG_PASSWORD", "s3cret");

  @TempDir Path root;

  @Test
  void areEmbeddedWithoutAFile() {
    Settings settings = load(Optional.empty());
    assertThat(settings.root()).isEqualTo(root);
    assertThat(settings.home()).isEqualTo(root.resolve(".afp"));
    assertThat(settings.environment()).isEmpty();
    assertThat(settings.lake().isEmbedded()).isTrue();
    assertThat(settings.lake().user()).isEmpty();
    assertThat(settings.lake().password()).isEmpty();
    assertThat(settings.lake().warehouse()).isEqualTo("file://" + root + "/.afp/warehouse");
    assertThat(settings.serving().isEmbedded()).isTrue();
    assertThat(settings.spark()).isEmpty();
  }

  @Test
  void areWhatTheFileSays() throws IOException {
    file(DESIGN);
    Files.writeString(root.resolve("serving"), "s3rving\n");
    Settings settings = load(Optional.empty());
    assertThat(settings.lake().uri()).contains("jdbc:postgresql://db/afp");
    assertThat(settings.lake().user()).contains("afp");
    assertThat(settings.lake().password().map(Secret::reveal)).contains("s3cret");
    assertThat(settings.lake().warehouse()).isEqualTo("s3a://lake/");
    assertThat(settings.serving().uri()).contains("jdbc:postgresql://db/serving");
    assertThat(settings.serving().user()).contains("afp_serving");
    assertThat(settings.serving().password().map(Secret::reveal))
        .as("without the line break at the end of the file")
        .contains("s3rving");
    assertThat(settings.spark())
        .containsOnly(
            Map.entry("spark.master", "yarn"),
            Map.entry("spark.sql.shuffle.partitions", "8"),
            Map.entry("spark.ui.enabled", "false"));
  }

  @Test
  void ofAnEnvironmentLieOverTheOthersKeyByKey() throws IOException {
    file(DESIGN);
    Files.writeString(root.resolve("serving"), "s3rving");
    Settings dev = load(Optional.of("dev"));
    assertThat(dev.environment()).contains("dev");
    assertThat(dev.spark())
        .containsEntry("spark.master", "local[*]")
        .containsEntry("spark.sql.shuffle.partitions", "8");
    Settings stage = load(Optional.of("stage"));
    assertThat(stage.lake().uri()).contains("jdbc:postgresql://stage/afp");
    assertThat(stage.lake().user()).contains("afp");
  }

  @Test
  void ofServingAreThoseOfTheLakeWithoutAnAddressOfItsOwn() {
    file("lake: { uri: \"jdbc:postgresql://db/afp\", user: afp, password: x }\n");
    ServingSettings serving = load(Optional.empty()).serving();
    assertThat(serving.uri()).contains("jdbc:postgresql://db/afp");
    assertThat(serving.user()).contains("afp");
    assertThat(serving.password().map(Secret::reveal)).contains("x");
  }

  @Test
  void ofServingNeverSendThePasswordOfTheLakeForAnotherAccount() {
    file(
        "lake: { uri: \"jdbc:postgresql://db/afp\", user: afp, password: x }\nserving: { user: s }");
    assertThat(load(Optional.empty()).serving().user()).contains("s");
    assertThat(load(Optional.empty()).serving().password()).isEmpty();
    file("lake: { user: afp, password: x }\nserving: { uri: \"jdbc:postgresql://db/s\" }");
    assertThat(load(Optional.empty()).serving().user()).isEmpty();
    assertThat(load(Optional.empty()).serving().password()).isEmpty();
  }

  @Test
  void takeAWarehouseFromTheFolderOfTheFile() {
    file("lake: { warehouse: data/../wh }\n");
    assertThat(load(Optional.empty()).lake().warehouse()).isEqualTo("file://" + root + "/wh");
    file("lake: { warehouse: /mnt/wh }\n");
    assertThat(load(Optional.empty()).lake().warehouse()).isEqualTo("file:///mnt/wh");
  }

  @Test
  void writeAWarehouseAsHadoopReadsIt() {
    file("lake: { warehouse: my wh 100% }\n");
    assertThat(load(Optional.empty()).lake().warehouse())
        .isEqualTo("file://" + root + "/my wh 100%");
  }

  @Test
  void haveTheSameWarehouseBeforeAndAfterItIsMade() throws IOException {
    String before = load(Optional.empty()).lake().warehouse();
    Files.createDirectories(root.resolve(".afp/warehouse"));
    assertThat(load(Optional.empty()).lake().warehouse()).isEqualTo(before);
  }

  @Test
  void haveTheClassPathOfTheDriversInItsOrder() {
    file("classpath: [\"lib/*.jar\", \"${env:AFP_PG_PASSWORD}.jar\", b.jar, a.jar]\n");
    assertThat(load(Optional.empty()).classpath())
        .containsExactly("lib/*.jar", "s3cret.jar", "b.jar", "a.jar");
  }

  @Test
  void areFineWithAnEmptyFile() {
    file("# nothing yet\n");
    assertThat(load(Optional.empty()).lake().isEmbedded()).isTrue();
  }

  private Settings load(Optional<String> environment) {
    return Settings.load(new Project(root), environment, VARIABLES);
  }

  private void file(String text) {
    try {
      Files.writeString(root.resolve("afp.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
