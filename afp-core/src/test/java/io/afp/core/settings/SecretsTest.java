package io.afp.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  private static final Map<String, String> VARIABLES = Map.of("P", "s3cret$1");

  @TempDir Path root;

  @Test
  void printAsStars() {
    assertThat(Secret.of("s3cret")).hasToString("******");
    assertThat(Secret.of("s3cret")).isNotEqualTo(Secret.of("s3cret"));
  }

  @Test
  void standAnywhereInAValue() throws IOException {
    Settings settings = load("spark: { x: \"a-${env:P}-${reversed:abc}-$z\" }");
    assertThat(settings.spark()).containsEntry("spark.x", "a-s3cret$1-cba-$z");
  }

  @Test
  void areNotResolvedASecondTime() throws IOException {
    Files.writeString(root.resolve("s"), "${env:P}\r\n");
    assertThat(load("spark: { x: \"${file:s}\" }").spark()).containsEntry("spark.x", "${env:P}");
  }

  @Test
  void neverPrintWithTheSettings() throws IOException {
    Settings settings =
        load(
            """
            lake: { uri: "jdbc:postgresql://u:${env:P}@db/afp?password=${env:P}", password: "${env:P}" }
            serving: { uri: "jdbc:postgresql://db/s?password=${env:P}", password: "${env:P}" }
            spark: { hadoop.fs.s3a.secret.key: "${env:P}" }
            """);
    assertThat(settings.toString())
        .doesNotContain("s3cret")
        .contains("spark.hadoop.fs.s3a.secret.key", "password=Optional[******]");
    assertThat(settings.lake().toString()).doesNotContain("s3cret");
    assertThat(settings.serving().toString()).doesNotContain("s3cret");
    assertThat(new EnvironmentSecrets(VARIABLES).toString()).doesNotContain("s3cret");
  }

  @Test
  void neverStandInAMessage() throws IOException {
    String file = "lake: { uri: \"${env:P}\", warehouse: \"${env:P}\\0\" }\n";
    assertThat(failure(file).problems()).hasSize(2).asString().doesNotContain("s3cret");
    AfpException broken = failure("spark: { x: \"${reversed:broken}\" }");
    assertThat(broken)
        .hasMessage("AFP-SET-001 Cannot resolve ${reversed:broken}: it is not there")
        .hasNoCause();
  }

  private AfpException failure(String file) {
    return catchThrowableOfType(AfpException.class, () -> load(file));
  }

  private Settings load(String file) throws IOException {
    Files.writeString(root.resolve("afp.yaml"), file);
    return Settings.load(new Project(root), Optional.empty(), VARIABLES);
  }
}
