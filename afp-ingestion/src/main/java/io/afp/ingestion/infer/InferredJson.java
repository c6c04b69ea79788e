package io.afp.ingestion.infer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What was found, for the command. */
final class InferredJson {

  private InferredJson() {}

  static ObjectNode of(InferredTable table) {
    ObjectNode data = new ObjectMapper().createObjectNode();
    data.put("table", table.name())
        .put("rows", table.rows())
        .put("malformed", table.malformed())
        .put("all_rows", table.sample().isAll())
        .put("files", table.sample().files().size())
        .put("of_files", table.sample().ofFiles());
    ArrayNode nullValues = data.putArray("null_values");
    table.source().nullValues().forEach(nullValues::add);
    ArrayNode key = data.putArray("key");
    table.key().forEach(key::add);
    ArrayNode columns = data.putArray("columns");
    table.columns().forEach(column -> describe(column, columns.addObject()));
    ArrayNode notLoaded = data.putArray("not_loaded");
    table.notLoaded().forEach(notLoaded::add);
    return data.put("text", TableText.of(table));
  }

  private static void describe(InferredColumn column, ObjectNode node) {
    node.put("name", column.name())
        .put("type", column.choice().type().toString())
        .put("format", column.choice().format().orElse(null))
        .put("required", column.required())
        .put("values", column.values())
        .put("nulls", column.nulls())
        .put("certainty", column.certainty())
        .put("personal", column.personal().orElse(null));
    ArrayNode others = node.putArray("others");
    column.samples().forEach(others::add);
  }
}
