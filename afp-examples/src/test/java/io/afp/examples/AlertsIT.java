package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules and the dashboard of deploy/, on a real Pushgateway and a real Prometheus. */
@Tag("integration")
class AlertsIT {

  private static final Path DEPLOY = Reactor.root().resolve("deploy");

  @Test
  void eachAlertFiresWhenItsTestsSaySo() throws IOException {
    Path folder = DEPLOY.resolve("prometheus");
    assertThat(alerts(folder.resolve("rules_test.yml"), "alertname: (\\w+)"))
        .isEqualTo(alerts(folder.resolve("rules.yml"), "alert: (\\w+)"))
        .isNotEmpty();
    Command.start(folder, Map.of(), List.of("promtool", "test", "rules", "rules_test.yml"))
        .ended()
        .succeeded();
  }

  @Test
  void aRunIsOnTheDashboardAndOneThatFailsIsTold(@TempDir Path folder) throws IOException {
    Path shop = folder.resolve("shop");
    afp(folder, "init", "shop").succeeded();
    try (Prometheus prometheus = new Prometheus(Files.createDirectory(folder.resolve("stack")))) {
      settings(shop, prometheus.gateway());
      afp(shop, "db", "start").succeeded();
      afp(shop, "run", "shop", "--interval", "2024-01").succeeded();
      for (JsonNode target : new ObjectMapper().readTree(dashboard()).findValues("expr")) {
        String expression = target.asText().replace("$pipeline", "shop");
        assertThat(prometheus.ask(expression, series -> !series.isEmpty())).isNotEmpty();
      }

      Path orders = shop.resolve("shop/tables/raw/orders.yaml");
      Files.writeString(orders, Files.readString(orders).replace("[1, 100]", "[1, 4]"));
      afp(shop, "run", "shop", "--interval", "2024-01", "--restate").endedWith(65);
      prometheus.awaitAlert("AfpRunFailed", "shop");
    } finally {
      afp(shop, "db", "stop").succeeded();
    }
  }

  private static Set<String> alerts(Path file, String name) throws IOException {
    return Pattern.compile(name)
        .matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static void settings(Path project, String gateway) throws IOException {
    String text =
        """
        spark: { driver.extraJavaOptions: "%s" }
        observability: { prometheus: "%s" }
        """;
    Files.writeString(
        project.resolve("afp.yaml"),
        text.formatted(Reactor.quickDriver(), gateway),
        StandardOpenOption.APPEND);
  }

  private static String dashboard() throws IOException {
    return Files.readString(DEPLOY.resolve("grafana/dashboards/afp.json"));
  }

  private static Command.Ended afp(Path folder, String... arguments) {
    return Command.afp(folder, arguments).ended();
  }
}
