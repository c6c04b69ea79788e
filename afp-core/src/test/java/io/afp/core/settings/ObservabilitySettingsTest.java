package io.afp.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.Project;
import io.afp.core.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservabilitySettingsTest {

  @TempDir Path root;

  private CheckedSettings check(String text) throws IOException {
    Files.writeString(root.resolve("afp.yaml"), text);
    return Settings.check(Project.at(root), Optional.empty(), Map.of("KEY", "k3y"));
  }

  @Test
  void nobodyIsToldWhereNothingIsSaid() throws IOException {
    ObservabilitySettings told = check("spark: {}").orThrow().observability();

    assertThat(told.isUsed()).isFalse();
  }

  @Test
  void eachReceiverHasAKeyAndTheKeyOfTheBackEndIsNotShown() throws IOException {
    Settings settings =
        check(
                """
                observability:
                  openlineage: "http://marquez:5000"
                  openlineage_key: "${env:KEY}"
                  openlineage_namespace: prod
                  prometheus: "http://push:9091"
                  statsd: "localhost:8125"
                  cloudwatch: AFP
                  opentelemetry: config
                """)
            .orThrow();

    ObservabilitySettings told = settings.observability();
    assertThat(told.isUsed()).isTrue();
    assertThat(told.openlineageKey().map(Secret::reveal)).contains("k3y");
    assertThat(told.opentelemetry()).contains("config");
    assertThat(settings.shown().toString())
        .contains("http://marquez:5000", "localhost:8125")
        .doesNotContain("k3y");
  }

  @Test
  void anAddressThatIsNoneIsSaidWithItsForm() throws IOException {
    CheckedSettings checked =
        check("observability: { openlineage: marquez, statsd: localhost, prometheus: push:9091 }");

    assertThat(checked.problems())
        .extracting(Problem::message)
        .containsExactlyInAnyOrder(
            "Cannot use observability.openlineage: it is not an address, file:PATH, console or config",
            "Cannot use observability.statsd: it is not a host and a port",
            "Cannot use observability.prometheus: it is not the address of a Pushgateway");
  }
}
