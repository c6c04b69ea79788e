package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.error.Count;
import io.afp.core.text.TextColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Rows that are kept beside a table, as a person reads them.
 *
 * @param rows the command that shows them
 * @param one what one of them is called
 * @param kept what they are, behind "is" or "are"
 * @param law what a row has to obey to get into the table
 */
record KeptOutText(String rows, String one, String kept, String law) {

  static final KeptOutText REJECTS =
      new KeptOutText("rejects", "reject", "rejected", "fits the contract of today");
  static final KeptOutText QUARANTINE =
      new KeptOutText("quarantine", "row", "in quarantine", "obeys the checks of today");

  private static final Set<String> FILLING = Set.of("ingest", "transform");
  private static final int INDENT = 2;
  private static final String MARGIN = "\n" + " ".repeat(INDENT);

  /** The counts of {@code afp rejects list}. */
  String list(JsonNode data) {
    if (data.path("tables").isEmpty()) {
      return "No row is " + kept;
    }
    TextTable table = new TextTable("table", "interval", "column", "reason", "rows");
    long rows = 0;
    for (JsonNode reason : data.path("reasons")) {
      table.row(
          reason.path("table").asText(),
          reason.path("interval").asText(""),
          reason.path("column").asText(),
          reason.path("reason").asText(),
          Cell.number(reason.path("rows").asLong()));
    }
    for (JsonNode each : data.path("tables")) {
      rows += each.path("rows").asLong();
    }
    return table.fit("table", "interval") + "\n\n" + are(rows) + " " + kept;
  }

  private static String are(long rows) {
    return Count.of(rows, "row") + (rows == 1 ? " is" : " are");
  }

  /** The rows of {@code afp rejects explain}. */
  String explain(JsonNode data) {
    List<String> blocks = new ArrayList<>();
    data.path(rows).forEach(reject -> blocks.add(reject(data.path("table").asText(), reject)));
    long rows = data.path("rows").asLong();
    if (blocks.isEmpty()) {
      return "No row is %s so".formatted(kept);
    }
    if (rows > blocks.size()) {
      blocks.add("%d of %s; --limit N shows more".formatted(blocks.size(), Count.of(rows, "row")));
    }
    return String.join("\n\n", blocks);
  }

  private static String reject(String table, JsonNode reject) {
    StringBuilder text =
        new StringBuilder(
            cut(
                (table + " " + reject.path("interval").asText("")).strip() + "  " + place(reject),
                0));
    reject
        .path("reasons")
        .forEach(r -> text.append(MARGIN).append(cut(r.path("sentence").asText(), INDENT)));
    return text.append(MARGIN).append(cut(reject.path("record").asText(), INDENT)).toString();
  }

  /** The folders before a file are long, and in the JSON. */
  private static String place(JsonNode reject) {
    String file = reject.path("file").asText("");
    String name = file.substring(file.lastIndexOf('/') + 1);
    if (reject.path("line").isNumber()) {
      return name + ", line " + reject.path("line").asLong();
    }
    return reject.path("offset").isNumber()
        ? name + ", byte " + reject.path("offset").asLong()
        : name;
  }

  /** A line of a terminal, whatever the values are. */
  private static String cut(String text, int indent) {
    return TextColumns.cut(TextColumns.line(text), Output.WIDTH - indent);
  }

  /** What a dry run found. */
  String wouldReplay(JsonNode data) {
    String table = data.path("table").asText();
    return "%s\nNothing was changed: this was a dry run"
        .formatted(counts(table, data, "would get into the table"));
  }

  /** The conclusion of a replay; behind the report of the run, or alone when nothing fits. */
  String replayed(String table, ObjectNode data) {
    if (data.path("outcome").asText().equals("nothing_to_do")) {
      return "Nothing to do: no %s of %s %s".formatted(one, table, law);
    }
    return data.path("outcome").asText().equals("published")
        ? "\n" + counts(table, data, "got into the table")
        : "";
  }

  private String counts(String table, JsonNode data, String happened) {
    return "%s: %d of %s %s, %d stay"
        .formatted(
            table,
            data.path("fits").asLong(),
            Count.of(data.path("rows").asLong(), one),
            happened,
            data.path("stays").asLong());
  }

  /** Adds the counts of a replay to its report. */
  static void describe(ObjectNode data) {
    for (JsonNode step : data.path("steps")) {
      if (FILLING.contains(step.path("phase").asText())) {
        long rows = step.path("rows_in").asLong();
        long stays = step.path("rows_rejected").asLong();
        data.put("rows", rows).put("fits", rows - stays).put("stays", stays);
      }
    }
  }
}
