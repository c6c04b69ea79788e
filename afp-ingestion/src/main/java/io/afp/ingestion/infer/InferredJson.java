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
    table.source().nullValues().forEach(data.putArray("null_values")::add);
    ArrayNode first = data.putArray("key");
    table.keys().stream().findFirst().ifPresent(key -> key.forEach(first::add));
    ArrayNode keys = data.putArray("keys");
    table.keys().forEach(key -> key.forEach(keys.addArray()::add));
    table.interval().ifPresent(interval -> describe(interval, data.putObject("interval")));
    ArrayNode columns = data.putArray("columns");
    table.columns().forEach(column -> describeCounted(column, columns.addObject()));
    table.notLoaded().forEach(data.putArray("not_loaded")::add);
    return data.put("text", TableText.of(table));
  }

  private static void describe(InferredInterval interval, ObjectNode node) {
    node.put("unit", interval.unitName())
        .put("files", interval.files())
        .put("column", interval.column().map(c -> c.name()).orElse(null))
        .put("declared", interval.isDeclared())
        .put("why", String.join("; ", interval.why()));
  }

  static ObjectNode of(InferredRelation relation) {
    ObjectNode data = new ObjectMapper().createObjectNode();
    data.put("table", relation.name())
        .put("source", relation.source().title())
        .put("watermark", relation.watermark().map(InferredColumn::name).orElse(null))
        .put("interval_column", relation.interval().orElse(null));
    relation.key().forEach(data.putArray("key")::add);
    ArrayNode columns = data.putArray("columns");
    relation.columns().forEach(column -> describe(column, columns.addObject()));
    relation.notLoaded().forEach(data.putArray("not_loaded")::add);
    return data.put("text", RelationText.of(relation));
  }

  private static void describe(InferredColumn column, ObjectNode node) {
    node.put("name", column.name())
        .put("from", column.from().orElse(null))
        .put("type", column.choice().type().toString())
        .put("format", column.choice().format().orElse(null))
        .put("complete", column.complete())
        .put("required", column.required())
        .put("certainty", column.certainty())
        .put("personal", column.personal().orElse(null));
  }

  private static void describeCounted(InferredColumn column, ObjectNode node) {
    describe(column, node);
    node.put("values", column.values()).put("nulls", column.nulls());
    ArrayNode others = node.putArray("others");
    column.samples().forEach(others::add);
    ArrayNode allowed = node.putArray("allowed");
    column.allowed().forEach(allowed::add);
  }
}
