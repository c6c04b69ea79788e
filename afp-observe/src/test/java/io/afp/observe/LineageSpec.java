package io.afp.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The published schema of OpenLineage, and what an event says against it. */
final class LineageSpec {

  private static final String SITE = "https://openlineage.io/spec/";
  private static final String EVENT = SITE + "2-0-2/OpenLineage.json#/$defs/RunEvent";

  /** Versions stand in folders of the site; the files here are those of one version each. */
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(
          VersionFlag.V202012,
          builder ->
              builder.schemaMappers(
                  mappers ->
                      mappers.mappings(
                          address ->
                              address
                                  .replaceFirst(
                                      SITE + "facets/[\\d-]+/", "classpath:openlineage/facets/")
                                  .replaceFirst(SITE + "[\\d-]+/", "classpath:openlineage/"))));

  private LineageSpec() {}

  /** What is wrong with an event and with each of its facets. */
  static List<String> complaints(JsonNode event) {
    List<String> complaints = new ArrayList<>(against(EVENT, event));
    facets(event).forEach(facet -> complaints.addAll(against(address(facet), facet)));
    return complaints;
  }

  private static List<String> against(String schema, JsonNode node) {
    return SCHEMAS.getSchema(SchemaLocation.of(schema)).validate(node).stream()
        .map(message -> schema + ": " + message.getMessage())
        .toList();
  }

  private static String address(JsonNode facet) {
    return facet.get("_schemaURL").asText();
  }

  /** All objects of an event that name their schema. */
  static Stream<JsonNode> facets(JsonNode node) {
    Stream<JsonNode> here = node.has("_schemaURL") ? Stream.of(node) : Stream.empty();
    List<JsonNode> below = new ArrayList<>();
    node.elements().forEachRemaining(below::add);
    return Stream.concat(here, below.stream().flatMap(LineageSpec::facets));
  }
}
