package io.afp.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.afp.core.error.Problem;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * What the schema and the reader say to one text.
 *
 * @param ofSchema the complaints of the checked-in schema
 * @param ofReader the problems of the declaration that parses; rules over several values come later
 */
record Verdict(List<String> ofSchema, List<Problem> ofReader) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<YamlFile, JsonSchema> SCHEMAS = new EnumMap<>(YamlFile.class);

  static Verdict on(YamlFile file, String text) {
    List<String> complaints =
        schema(file).validate(tree(text)).stream().map(Object::toString).toList();
    Problems problems = new Problems();
    Document.parse(text, "x.yaml", problems).ifPresent(root -> file.shape.read(root));
    return new Verdict(complaints, problems.all());
  }

  /** A text as an editor sees it; an empty one is an empty mapping. */
  static JsonNode tree(String text) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    Object loaded = new Load(settings).loadFromString(text);
    return JSON.valueToTree(loaded == null ? Map.of() : loaded);
  }

  private static JsonSchema schema(YamlFile file) {
    return SCHEMAS.computeIfAbsent(file, Verdict::load);
  }

  private static JsonSchema load(YamlFile file) {
    try {
      String text = Files.readString(file.schema());
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
    } catch (IOException e) {
      throw new IllegalStateException("Run SchemaTest first, it says what is missing", e);
    }
  }

  boolean isAccepted() {
    return ofSchema.isEmpty() && ofReader.isEmpty();
  }
}
