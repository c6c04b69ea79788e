package io.afp.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.afp.core.definition.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShownSettingTest {

  @TempDir Path root;

  @Test
  void withoutAFileAllIsDefault() {
    assertThat(shown(Optional.empty()))
        .extracting(ShownSetting::key, ShownSetting::value, ShownSetting::origin)
        .containsExactly(
            tuple("lake.uri", "the embedded Postgres", "default"),
            tuple("lake.warehouse", "file://" + root + "/.afp/warehouse", "default"),
            tuple("serving.uri", "the database of the lake", "default"));
  }

  @Test
  void everySettingTellsWhereItIsWritten() throws IOException {
    Files.writeString(
        root.resolve("afp.yaml"),
        """
        lake:
          uri: "jdbc:postgresql://db/afp?password=geheim1"
          user: "${env:USER_OF_AFP}"
          password: geheim2
        spark: { master: yarn, hadoop.fs.s3a.secret.key: geheim3 }
        classpath: [lib/a.jar, "${env:USER_OF_AFP}.jar"]
        environments:
          dev: { spark: { master: "local[1]" } }
        """);

    List<ShownSetting> shown = shown(Optional.of("dev"));

    assertThat(shown)
        .contains(
            new ShownSetting("lake.uri", "jdbc:postgresql://db/afp?******", "afp.yaml:2"),
            new ShownSetting("lake.user", "******", "afp.yaml:3, ${env:USER_OF_AFP}"),
            new ShownSetting("lake.password", "******", "afp.yaml:4"),
            new ShownSetting("spark.master", "local[1]", "afp.yaml:8 (environments.dev)"),
            new ShownSetting("classpath[0]", "lib/a.jar", "afp.yaml:6"),
            new ShownSetting("classpath[1]", "******", "afp.yaml:6, ${env:USER_OF_AFP}"));
    assertThat(shown.toString()).doesNotContain("geheim");
  }

  private List<ShownSetting> shown(Optional<String> environment) {
    Map<String, String> variables = Map.of("USER_OF_AFP", "geheim4");
    return Settings.load(new Project(root), environment, variables).shown();
  }
}
