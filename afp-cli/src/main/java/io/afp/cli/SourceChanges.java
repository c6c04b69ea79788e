package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.ledger.SchemaVersion.Change;
import io.afp.core.ledger.SchemaVersions.Published;
import java.util.List;
import java.util.function.BiFunction;

/** Changes in the columns of the sources of tables, as people are shown them. */
record SourceChanges(List<Published> versions) {

  /** A line for each change; empty where there never was one. */
  String text() {
    TextTable table =
        new TextTable("source of", "version", "interval", "change", "policy", "release", "found");
    fill(
        table,
        (each, change) ->
            List.of(
                each.table().toString(),
                Integer.toString(each.version().number()),
                each.version().unit(),
                change.text(),
                change.policy(),
                Long.toString(each.release()),
                Cell.time(each.found())));
    return versions.isEmpty() ? "" : table.fit("interval", "change", "found");
  }

  /** The same of one table, with the run that found each. */
  String history() {
    TextTable table =
        new TextTable("found", "run", "release", "version", "interval", "policy", "change");
    fill(
        table,
        (each, change) ->
            List.of(
                Cell.time(each.found()),
                Cell.id(each.run()),
                Long.toString(each.release()),
                Integer.toString(each.version().number()),
                each.version().unit(),
                change.policy(),
                change.text()));
    return table.toString();
  }

  private void fill(TextTable table, BiFunction<Published, Change, List<String>> row) {
    for (Published each : versions) {
      for (Change change : each.version().changes()) {
        table.row(row.apply(each, change).toArray(String[]::new));
      }
    }
  }

  /** Those of one pipeline. */
  void describe(String pipeline, ArrayNode array) {
    versions.stream()
        .filter(each -> each.pipeline().equals(pipeline))
        .forEach(each -> describe(each, array.addObject()));
  }

  ArrayNode json() {
    ArrayNode array = Output.JSON.createArrayNode();
    versions.forEach(each -> describe(each, array.addObject()));
    return array;
  }

  private static void describe(Published each, ObjectNode node) {
    node.put("table", each.table().toString())
        .put("version", each.version().number())
        .put("interval", each.version().unit())
        .put("run_id", each.run().toString())
        .put("release", each.release())
        .put("found", each.found().toString());
    ArrayNode changes = node.putArray("changes");
    for (Change change : each.version().changes()) {
      changes
          .addObject()
          .put("kind", change.kind())
          .put("column", change.column())
          .put("policy", change.policy())
          .put("text", change.text());
    }
  }
}
