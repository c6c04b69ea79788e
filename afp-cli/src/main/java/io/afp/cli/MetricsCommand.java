package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.afp.agentic.metrics.Metric;
import io.afp.agentic.metrics.Metrics;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.scaffold.Survey;
import io.afp.core.definition.Project;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Computes the measures of success of the process. */
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = {
      "Computes the measures of success of the process: time saved, consistency, documentation,",
      "reuse, velocity. Where there is nothing to measure, it says so."
    })
final class MetricsCommand implements Callable<Integer> {

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    Survey survey = Survey.of(new Project(model.tree().root()));
    List<Metric> metrics = new Metrics(model, survey).all();
    ArrayNode data = Output.JSON.createArrayNode();
    for (Metric metric : metrics) {
      data.addObject()
          .put("name", metric.name())
          .put("value", metric.value().isPresent() ? metric.value().getAsDouble() : null)
          .put("unit", metric.unit())
          .put("of", metric.of());
    }
    return options.output("metrics").success(text(metrics), data, List.of());
  }

  private static String text(List<Metric> metrics) {
    TextTable table = new TextTable("metric", "value", "of");
    metrics.forEach(metric -> table.row(metric.name(), value(metric), metric.of()));
    return table.fit("metric");
  }

  private static String value(Metric metric) {
    return metric.value().isPresent()
        ? "%s %s".formatted(metric.value().getAsDouble(), metric.unit())
        : "none yet";
  }
}
