package io.afp.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

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

class S3SettingsTest {

  private static final Map<String, String> VARIABLES = Map.of("KEY", "AKIA1", "SECRET", "s3cret");

  @TempDir Path root;

  @Test
  void aStoreOfOnesOwnHasAnAddressKeysAndTheBucketInThePath() throws IOException {
    S3Settings s3 =
        load("""
                s3: { endpoint: "https://store", access_key: "${env:KEY}", secret_key: "${env:SECRET}", session_token: t0 }
                """)
            .s3()
            .orElseThrow();

    assertThat(s3.endpoint()).contains("https://store");
    assertThat(s3.region()).isEmpty();
    assertThat(s3.pathStyle()).isTrue();
    S3Settings.Keys keys = s3.keys().orElseThrow();
    assertThat(keys.access().reveal()).isEqualTo("AKIA1");
    assertThat(keys.secret().reveal()).isEqualTo("s3cret");
    assertThat(keys.token().map(Secret::reveal)).contains("t0");
  }

  @Test
  void whatIsNotWrittenIsLeftToAws() throws IOException {
    assertThat(load("s3: {}").s3())
        .contains(new S3Settings(Optional.empty(), Optional.empty(), false, Optional.empty()));
  }

  @Test
  void aWarehouseInS3SaysThatItIsUsedAndOtherwiseItIsNot() throws IOException {
    assertThat(load("lake: { warehouse: s3a://lake/ }").s3()).isPresent();
    assertThat(load("lake: { warehouse: s3://lake/ }").s3()).isPresent();
    assertThat(load("lake: { warehouse: /lake }").s3()).isEmpty();
  }

  @Test
  void anEnvironmentLiesOverTheRestKeyByKey() throws IOException {
    String text =
        """
        s3: { region: eu-central-1, path_style: false }
        environments: { dev: { s3: { endpoint: "http://localhost:9000", path_style: true } } }
        """;
    Files.writeString(root.resolve("afp.yaml"), text);

    S3Settings dev = check(Optional.of("dev")).orThrow().s3().orElseThrow();

    assertThat(dev.region()).contains("eu-central-1");
    assertThat(dev.endpoint()).contains("http://localhost:9000");
    assertThat(dev.pathStyle()).isTrue();
    assertThat(check(Optional.empty()).orThrow().s3().orElseThrow().pathStyle()).isFalse();
  }

  @Test
  void noKeyIsShown() throws IOException {
    Settings settings =
        load(
            """
            s3: { region: eu-central-1, access_key: AKIA1, secret_key: s3cret, session_token: t0ken }
            """);

    assertThat(settings.shown())
        .filteredOn(s -> s.key().startsWith("s3."))
        .extracting(ShownSetting::key, ShownSetting::value)
        .containsExactly(
            tuple("s3.endpoint", "AWS"),
            tuple("s3.region", "eu-central-1"),
            tuple("s3.access_key", "******"),
            tuple("s3.path_style", "false"),
            tuple("s3.secret_key", "******"),
            tuple("s3.session_token", "******"));
    assertThat(settings.toString()).doesNotContain("AKIA1", "s3cret", "t0ken");
  }

  @Test
  void halfAnAccountIsRefused() throws IOException {
    assertThat(problems("s3: { access_key: AKIA1 }"))
        .containsExactly("Cannot use s3.access_key: s3.secret_key is missing");
    assertThat(problems("s3: { session_token: t }"))
        .containsExactly("Cannot use s3.session_token: s3.secret_key is missing");
  }

  @Test
  void anAddressThatIsNoneIsRefusedWithoutBeingShown() throws IOException {
    assertThat(problems("s3: { endpoint: store.example.com }"))
        .containsExactly("Cannot use s3.endpoint: it is not the address of a server");
  }

  private List<String> problems(String text) throws IOException {
    Files.writeString(root.resolve("afp.yaml"), text);
    return check(Optional.empty()).problems().stream().map(Problem::message).toList();
  }

  private Settings load(String text) throws IOException {
    Files.writeString(root.resolve("afp.yaml"), text);
    return check(Optional.empty()).orThrow();
  }

  private CheckedSettings check(Optional<String> environment) {
    return Settings.check(new Project(root), environment, VARIABLES);
  }
}
