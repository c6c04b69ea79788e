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
  private static final int MARGIN = 4;
  private static final int TYPE = 29;
  private static final String WHOLE = "all";

  private PlanText() {}

  /**
   * The steps of a plan, each with what is missing or stale, and the tables that are up to date.
   */
  static String of(JsonNode plan) {
    StringBuilder text = new StringBuilder();
    for (JsonNode step : plan.path("steps")) {
      text.append(step(step)).append("\n\n");
    }
    if (!plan.path("done").isEmpty()) {
      text.append(Folded.text("Up to date: " + words(plan.path("done")), 2)).append('\n');
    }
    return text.toString().stripTrailing();
  }

  private static String step(JsonNode step) {
    List<String> lines = new ArrayList<>();
    lines.add(Folded.text(head(step), MARGIN));
    lines.add(Folded.text("  " + ranges(step.path("ranges")), MARGIN));
    for (JsonNode change : step.path("changes")) {
      lines.add(Folded.text("  " + change.asText(), MARGIN));
    }
    lines.addAll(source(step));
    for (JsonNode column : step.path("columns")) {
      String line = "    %-24s %s".formatted(text(column, "name"), text(column, "type"));
      lines.add(Folded.text(line, TYPE));
    }
    return String.join("\n", lines);
  }

  /** How the columns of the source differ, and whether that stops the run. */
  private static List<String> source(JsonNode step) {
    List<String> lines = new ArrayList<>();
    JsonNode changes = step.path("source_columns");
    for (JsonNode change : changes) {
      if (lines.size() < SHOWN) {
        lines.add(Folded.text("  " + sourceChange(change), MARGIN));
      }
    }
    if (changes.size() > SHOWN) {
      lines.add("  source: %d changes more".formatted(changes.size() - SHOWN));
    }
    if (step.has("files_looked_at")) {
      lines.add(
          "  source: %d files were looked at".formatted(step.path("files_looked_at").asInt()));
    }
    step.path("stopped_by")
        .forEach(why -> lines.add(Folded.text("  the run will stop: " + why.asText(), MARGIN)));
    return lines;
  }

  private static String sourceChange(JsonNode change) {
    String unit = text(change, "unit");
    String policy = change.path("policy").isNull() ? "" : " (%s)".formatted(text(change, "policy"));
    return "source%s: %s%s"
        .formatted(unit.equals(WHOLE) ? "" : " " + unit, text(change, "change"), policy);
  }

  private static String head(JsonNode step) {
    long files = step.path("files").asLong();
    return "%s: %s, %s%s%s"
        .formatted(
            text(step, "table"),
            text(step, "phase"),
            text(step, "mode"),
            files > 0 ? ", " + Count.of(files, "file") : "",
            step.path("reads").isEmpty() ? "" : ", reads " + reads(step));
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
