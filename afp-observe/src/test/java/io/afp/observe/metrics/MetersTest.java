package io.afp.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.RunEvent.Judged;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules and dashboards of deploy/ ask Prometheus for is what drivers push. */
class MetersTest {

  private static final Instant NOW = Instant.EPOCH;
  private static final Pattern METRIC = Pattern.compile("\\b(afp_\\w+)((?:\\{[^}]*})?)");
  private static final Pattern LABEL = Pattern.compile("\\w+(?==)");

  @ParameterizedTest
  @ValueSource(strings = {"prometheus/rules.yml", "grafana/dashboards/afp.json"})
  void eachMetricThatIsAskedForIsPushedWithItsLabels(String file) throws IOException {
    String text = Files.readString(Path.of("../deploy").resolve(file)).replace("\\\"", "\"");
    Map<String, Set<String>> asked = labels(text);
    Map<String, Set<String>> pushed = labels(pushed());

    assertThat(asked).isNotEmpty();
    asked.forEach(
        (metric, labels) -> {
          assertThat(pushed).containsKey(metric);
          assertThat(pushed.get(metric)).as(metric).containsAll(labels);
        });
  }

  /** The labels by which each metric is asked for, or which it has. */
  private static Map<String, Set<String>> labels(String text) {
    Map<String, Set<String>> labels = new TreeMap<>();
    for (MatchResult metric : METRIC.matcher(text).results().toList()) {
      Set<String> own = labels.computeIfAbsent(metric.group(1), name -> new TreeSet<>());
      LABEL.matcher(metric.group(2)).results().map(MatchResult::group).forEach(own::add);
    }
    return labels;
  }

  /** One of each event that is counted. */
  private static String pushed() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Meters meters = new Meters(registry, "p");
    RunEvent.Running run = new RunEvent.Running(null, null, "", NOW);
    TableDef table = TableDef.named("a.b").inJava().column("c", "int", c -> c.required()).build();
    Judged verdict = new Judged(table.allChecks().get(0), Verdict.Status.WARNED, 1, 1);
    for (Phase phase : List.of(Phase.INGEST, Phase.QUALITY, Phase.SERVE)) {
      RunEvent.Step step =
          new RunEvent.Step(UUID.randomUUID(), 1, phase, table, List.of(), null, false, NOW);
      meters.count(new RunEvent.StepEnded(NOW, run, step, result(List.of(verdict))));
    }
    meters.count(new RunEvent.RunEnded(NOW, run, "published", Optional.of(1L), Optional.empty()));
    meters.count(new RunEvent.RunFailed(NOW, run, ErrorCode.values()[0]));
    meters.count(new RunEvent.RunAbandoned(NOW, run));
    return registry.scrape();
  }

  private static RunEvent.Result result(List<Judged> verdicts) {
    return new RunEvent.Result(
        2,
        1,
        1,
        9,
        OptionalLong.of(1),
        OptionalLong.empty(),
        Map.of(),
        Map.of(),
        Map.of(),
        verdicts,
        Map.of());
  }
}
