package io.afp.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsProblemsTest {

  @TempDir Path root;

  @Test
  void comeTogetherForAllReferences() throws IOException {
    assertThat(
            problems(
                """
                lake:
                  password: "${env:NOBODY}"
                serving:
                  password: "${file:/no/such/file}"
                spark:
                  a: "x${evn:A}y${vault:B}"
                """))
        .containsExactly(
            "afp.yaml:2 (lake.password) AFP-SET-001 Cannot resolve ${env:NOBODY}: it is not there ->"
                + " Define it, or refer to another one.",
            "afp.yaml:4 (serving.password) AFP-SET-001 Cannot resolve ${file:/no/such/file}: it is"
                + " not there -> Define it, or refer to another one.",
            "afp.yaml:6 (spark.a) AFP-SET-001 Cannot resolve ${evn:A}: there is no such kind of"
                + " reference -> Did you mean 'env'?",
            "afp.yaml:6 (spark.a) AFP-SET-001 Cannot resolve ${vault:B}: there is no such kind of"
                + " reference -> Known kinds: env, file, reversed.");
  }

  @Test
  void sayWhichAgeCantBeUsed() throws IOException {
    assertThat(problems("keep: { rejects: P0D, quarantine: forever }\n"))
        .containsExactly(
            "afp.yaml:1 (keep.rejects) AFP-SET-002 Cannot use keep.rejects: 'P0D' keeps nothing ->"
                + " Write an ISO-8601 duration such as P90D for ninety days, or forever.");
  }

  @Test
  void areThoseOfTheLayersThatCountOnly() throws IOException {
    String file =
        """
        lake: { password: "${env:NOBODY}" }
        environments:
          dev: { lake: { password: plain } }
          prod: { lake: { password: "${env:PROD}" } }
        """;
    Files.writeString(root.resolve("afp.yaml"), file);
    Settings dev = Settings.load(new Project(root), Optional.of("dev"), Map.of());
    assertThat(dev.lake().password().map(Secret::reveal)).contains("plain");
  }

  @Test
  void nameKeysThatAreNotKnownInEveryEnvironment() throws IOException {
    assertThat(problems("lak: {}\nenvironments:\n  dev:\n    lake: { url: x }\n"))
        .containsExactly(
            "afp.yaml:1 (lak) AFP-DEF-002 Cannot read lak: 'lak' is not a known key -> Did you mean"
                + " 'lake'?",
            "afp.yaml:4 (environments.dev.lake.url) AFP-DEF-002 Cannot read"
                + " environments.dev.lake.url: 'url' is not a known key -> Did you mean 'uri'?");
  }

  @Test
  void nameAnAddressThatIsNoneWithoutShowingIt() throws IOException {
    assertThat(problems("lake: { uri: \"mysql://me:s3cret@x\", warehouse: \" \" }\n"))
        .containsExactly(
            "afp.yaml:1 (lake.uri) AFP-SET-002 Cannot use lake.uri: it is not the JDBC address of a"
                + " Postgres -> Write the JDBC address of a Postgres, such as"
                + " jdbc:postgresql://host/db.",
            "afp.yaml:1 (lake.warehouse) AFP-SET-002 Cannot use lake.warehouse: it is not a URI or a"
                + " path -> Write a URI or a path, such as s3a://lake/.");
  }

  @Test
  void nameAnEnvironmentThatIsNotDefined() throws IOException {
    assertThat(problems("environments: { dev: {} }\n", Optional.of("dve")))
        .containsExactly(
            "afp.yaml (environments) AFP-SET-003 Cannot use environment 'dve': it is not defined"
                + " (known=dev) -> Did you mean 'dev'?");
    assertThat(problems("", Optional.of("prod")))
        .containsExactly(
            "afp.yaml (environments) AFP-SET-003 Cannot use environment 'prod': it is not defined"
                + " (known=none) -> Add it under environments of afp.yaml.");
  }

  private List<String> problems(String file) throws IOException {
    return problems(file, Optional.empty());
  }

  private List<String> problems(String file, Optional<String> environment) throws IOException {
    Files.writeString(root.resolve("afp.yaml"), file);
    AfpException thrown =
        catchThrowableOfType(
            AfpException.class, () -> Settings.load(new Project(root), environment, Map.of()));
    return thrown.problems().stream().map(SettingsProblemsTest::line).toList();
  }

  private static String line(Problem problem) {
    return "%s %s %s -> %s"
        .formatted(problem.location(), problem.code().code(), problem.message(), problem.fix());
  }
}
