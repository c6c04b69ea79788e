package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.ledger.SchemaVersion;
import io.afp.core.ledger.SchemaVersion.Change;
import io.afp.core.ledger.SchemaVersions.Latest;
import java.util.List;

/** The last changes in the columns of the sources of tables. */
record SourceChanges(List<Latest> latest) {

  /** A line for each change; empty where there never was one. */
  String text() {
    if (latest.isEmpty()) {
      return "";
    }
    TextTable table =
        new TextTable("source of", "version", "interval", "change", "policy", "release", "found");
    for (Latest each : latest) {
      people(each.version()).forEach(change -> row(table, each, change));
    }
    return "\n\n" + table.fit("interval", "change", "found");
  }

  private static void row(TextTable table, Latest each, Change change) {
    table.row(
        each.table().toString(),
        Integer.toString(each.version().number()),
        each.version().unit(),
        change.text(),
        change.policy(),
        Long.toString(each.release()),
        Cell.time(each.found()));
  }

  /** Those of one pipeline. */
  void describe(String pipeline, ArrayNode array) {
    latest.stream()
        .filter(each -> each.pipeline().equals(pipeline))
        .forEach(each -> describe(each, array.addObject()));
  }

  private static void describe(Latest each, ObjectNode node) {
    node.put("table", each.table().toString())
        .put("version", each.version().number())
        .put("interval", each.version().unit())
        .put("release", each.release())
        .put("found", each.found().toString());
    ArrayNode changes = node.putArray("changes");
    for (Change change : people(each.version())) {
      changes
          .addObject()
          .put("kind", change.kind())
          .put("column", change.column())
          .put("policy", change.policy())
          .put("text", change.text());
    }
  }

  private static List<Change> people(SchemaVersion version) {
    return version.changes().stream().filter(change -> !change.isFirst()).toList();
  }
}
