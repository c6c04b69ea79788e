package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** What a backfill has to do or has done, for a terminal. */
final class BackfillText {

  private static final String LEFT = "left";

  private BackfillText() {}

  static String of(JsonNode data) {
    return switch (data.path("outcome").asText()) {
      case "planned" -> planned(data);
      case "nothing_to_do" -> nothing(data);
      default -> data.path("chunks").isEmpty() ? "" : done(data);
    };
  }

  private static String nothing(JsonNode data) {
    return "Nothing to do in %s: everything is up to date".formatted(text(data, "interval"));
  }

  private static String planned(JsonNode data) {
    if (data.path("chunks").isEmpty()) {
      return nothing(data);
    }
    return "%s\n\n%s\n\n%s\nNothing was changed: this was a dry run"
        .formatted(PlanText.of(data), chunks(data), sentence(text(data, "time_left")));
  }

  private static String done(JsonNode data) {
    long all = data.path("chunks").size();
    long open = open(data);
    return "%s\n\n%s"
        .formatted(
            chunks(data),
            open == 0
                ? "All %d chunks are done".formatted(all)
                : "%d of %d chunks are done; the same command again goes on with the others, %s"
                    .formatted(all - open, all, text(data, "time_left")));
  }

  /** Those that are not done. */
  private static long open(JsonNode data) {
    long open = 0;
    for (JsonNode chunk : data.path("chunks")) {
      String state = text(chunk, "state");
      open += state.equals(LEFT) || state.equals("failed") ? 1 : 0;
    }
    return open;
  }

  private static String chunks(JsonNode data) {
    TextTable table =
        new TextTable("chunk", "interval", "units", "state", "run", "release", "seconds");
    int number = 1;
    for (JsonNode chunk : data.path("chunks")) {
      String run = text(chunk, "run_id");
      table.row(
          Integer.toString(number++),
          text(chunk, "interval"),
          text(chunk, "units"),
          text(chunk, "state"),
          run.substring(0, Math.min(8, run.length())),
          text(chunk, "release"),
          text(chunk, "seconds"));
    }
    return table.fit();
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
