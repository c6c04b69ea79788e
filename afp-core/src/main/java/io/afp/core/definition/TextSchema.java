package io.afp.core.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.AllowSchemaLoader;
import java.util.Optional;

/** A JSON Schema that texts are held against. It refers to nothing outside of itself. */
public final class TextSchema {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Where the library has the schemas of schemas. */
  private static final String BUNDLED = "classpath:draft";

  private final JsonSchema schema;

  private TextSchema(JsonSchema schema) {
    this.schema = schema;
  }

  /**
   * Reads a schema of the draft that it names, else of 2020-12.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  public static TextSchema of(String text) {
    JsonNode written =
        json(text)
            .filter(node -> node.isObject() || node.isBoolean())
            .orElseThrow(() -> new IllegalArgumentException("it is no JSON object"));
    try {
      JsonSchemaFactory factory = factory(written);
      requireSchema(factory, written);
      JsonSchema schema = factory.getSchema(written, config());
      schema.initializeValidators();
      return new TextSchema(schema);
    } catch (JsonSchemaException e) {
      throw new IllegalArgumentException("it is no JSON Schema: " + e.getMessage(), e);
    }
  }

  private static JsonSchemaFactory factory(JsonNode written) {
    VersionFlag draft =
        SpecVersionDetector.detectOptionalVersion(written, true).orElse(VersionFlag.V202012);
    return JsonSchemaFactory.getInstance(
        draft,
        builder ->
            builder.schemaLoaders(
                loaders ->
                    loaders.add(new AllowSchemaLoader(iri -> iri.toString().startsWith(BUNDLED)))));
  }

  private static void requireSchema(JsonSchemaFactory factory, JsonNode written) {
    String ofSchemas = written.path("$schema").asText(VersionFlag.V202012.getId());
    Optional<ValidationMessage> first =
        factory.getSchema(SchemaLocation.of(ofSchemas)).validate(written).stream().findFirst();
    if (first.isPresent()) {
      throw new IllegalArgumentException("it is no JSON Schema: " + first.get().getMessage());
    }
  }

  private static SchemaValidatorsConfig config() {
    return SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).failFast(true).build();
  }

  /** Whether a text is one value of JSON, and obeys the schema. */
  public boolean fits(String text) {
    return json(text).filter(value -> schema.validate(value, OutputFormat.BOOLEAN)).isPresent();
  }

  private static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
