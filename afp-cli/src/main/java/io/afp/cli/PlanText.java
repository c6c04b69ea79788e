package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.error.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What is to be done, for a terminal. */
final class PlanText {

  private static final int SHOWN = 10;
  private static final String WHOLE = "all";

  private PlanText() {}

  /**
   * The steps of a plan, each with what is missing or stale, and the tables that are up to date.
   */
  static String of(JsonNode plan) {
    StringBuilder text = new StringBuilder();
    for (JsonNode step : plan.path("steps")) {
      text.append(step(step)).append('\n');
    }
    if (!plan.path("done").isEmpty()) {
      text.append(Folded.text("Up to date: " + words(plan.path("done")), 2)).append('\n');
    }
    return text.toString().stripTrailing();
  }

  private static String step(JsonNode step) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %s, %s".formatted(text(step, "table"), text(step, "phase"), text(step, "mode")));
    if (step.path("files").asInt() > 0) {
      text.append(", ").append(Count.of(step.path("files").asLong(), "file"));
    }
    if (!step.path("reads").isEmpty()) {
      text.append(", reads ").append(reads(step));
    }
    text.append('\n').append(Folded.text("  " + ranges(step.path("ranges")), 4)).append('\n');
    for (JsonNode change : step.path("changes")) {
      text.append("  %s%n".formatted(change.asText()));
    }
    for (JsonNode column : step.path("columns")) {
      text.append("    %-24s %s%n".formatted(text(column, "name"), text(column, "type")));
    }
    return text.toString();
  }

  private static String reads(JsonNode step) {
    return StreamSupport.stream(step.path("reads").spliterator(), false)
        .map(PlanText::read)
        .collect(Collectors.joining(", "));
  }

  /** With its pipeline, for a table may come from another one. */
  private static String read(JsonNode table) {
    JsonNode pipeline = table.path("pipeline");
    return "%s (%s)"
        .formatted(text(table, "table"), pipeline.isNull() ? "no pipeline" : pipeline.asText());
  }

  private static String ranges(JsonNode ranges) {
    List<String> texts = new ArrayList<>();
    ranges.forEach(range -> texts.add(range(range)));
    int more = texts.size() - SHOWN;
    return String.join("; ", texts.subList(0, Math.min(SHOWN, texts.size())))
        + (more > 0 ? "; and %d more".formatted(more) : "");
  }

  private static String range(JsonNode range) {
    String interval = text(range, "interval");
    String reason = range.path("reason").isNull() ? "" : ": " + text(range, "reason");
    return (interval.equals(WHOLE) ? "" : interval + " ") + text(range, "state") + reason;
  }

  private static String words(JsonNode names) {
    return StreamSupport.stream(names.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
