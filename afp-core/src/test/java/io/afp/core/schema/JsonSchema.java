package io.afp.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.yaml.Either;
import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Listed;
import io.afp.core.yaml.Mapped;
import io.afp.core.yaml.Nullable;
import io.afp.core.yaml.Placed;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Scalar.Type;
import io.afp.core.yaml.Shape;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes the JSON Schema of a shape.
 *
 * <p>It refuses nothing that the reader accepts. It accepts more: what concerns several values, and
 * what only a parser can tell, is left to {@code afp validate}.
 */
final class JsonSchema {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonSchema() {}

  static ObjectNode of(YamlFile file) {
    ObjectNode schema = JSON.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", file.title);
    return schema.setAll(of(file.shape));
  }

  private static ObjectNode of(Shape<?> shape) {
    if (shape instanceof Scalar<?> scalar) {
      return scalar(scalar);
    } else if (shape instanceof Nullable<?> nullable) {
      return nullable(nullable);
    } else if (shape instanceof Items<?> items) {
      return items(items);
    } else if (shape instanceof Listed<?> listed) {
      return listed(listed);
    } else if (shape instanceof Entries<?> entries) {
      return entries(entries);
    } else if (shape instanceof Fields<?> fields) {
      return fields(fields);
    } else if (shape instanceof Either<?> either) {
      return either(either);
    } else if (shape instanceof Mapped<?, ?> mapped) {
      return of(mapped.shape());
    } else if (shape instanceof Placed<?> placed) {
      return of(placed.shape());
    }
    throw new IllegalArgumentException("There is no schema for " + shape);
  }

  private static ObjectNode scalar(Scalar<?> scalar) {
    return switch (scalar.type()) {
      case TEXT -> text(scalar);
      case VERBATIM -> typed(List.of("string", "number", "boolean", "null"));
      // a number or a boolean in quotes is read too
      case NUMBER -> quoted("integer", scalar.pattern().orElseThrow()).put("minimum", 0);
      case BOOLEAN -> quoted("boolean", Pattern.compile("true|false"));
    };
  }

  private static ObjectNode text(Scalar<?> scalar) {
    if (!scalar.choices().isEmpty()) {
      return JSON.objectNode().set("enum", choices(scalar.choices()));
    }
    if (scalar.pattern().isEmpty()) {
      return typed(List.of("string", "number", "boolean"));
    }
    Pattern pattern = scalar.pattern().get();
    ObjectNode schema = JSON.objectNode();
    ArrayNode types = schema.putArray("type").add("string");
    // 5 and true are taken as text where they fit
    if (pattern.matcher("5").matches()) {
      types.add("number");
    }
    if (pattern.matcher("true").matches()) {
      types.add("boolean");
    }
    return schema.put("pattern", whole(pattern));
  }

  /** YAML takes true and false without quotes for no text. */
  private static ArrayNode choices(List<String> texts) {
    ArrayNode array = strings(texts);
    texts.stream()
        .filter(text -> text.equals("true") || text.equals("false"))
        .forEach(text -> array.add(Boolean.parseBoolean(text)));
    return array;
  }

  private static ObjectNode quoted(String type, Pattern pattern) {
    return typed(List.of(type, "string")).put("pattern", whole(pattern));
  }

  private static ObjectNode nullable(Nullable<?> nullable) {
    ObjectNode schema = JSON.objectNode();
    schema.putArray("anyOf").add(of(nullable.shape())).add(JSON.objectNode().put("type", "null"));
    return schema;
  }

  private static ObjectNode either(Either<?> either) {
    ObjectNode schema = JSON.objectNode();
    schema.putArray("anyOf").add(of(either.word())).add(of(either.mapping()));
    return schema;
  }

  private static ObjectNode items(Items<?> items) {
    return JSON.objectNode().put("type", "array").set("items", of(items.item()));
  }

  private static ObjectNode listed(Listed<?> listed) {
    ObjectNode schema = JSON.objectNode();
    schema.putArray("anyOf").add(of(listed.list())).add(of(listed.list().item()));
    return schema;
  }

  private static ObjectNode entries(Entries<?> entries) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    entries
        .key()
        .pattern()
        .ifPresent(key -> schema.putObject("propertyNames").put("pattern", whole(key)));
    return schema.set("additionalProperties", of(entries.entry()));
  }

  private static ObjectNode fields(Fields<?> fields) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    fields.fields().forEach(field -> properties.set(field.name(), field(field)));
    List<String> required =
        fields.fields().stream().filter(Field::isRequired).map(Field::name).toList();
    if (!required.isEmpty()) {
      schema.set("required", strings(required));
    }
    if (!fields.exactlyOneOf().isEmpty()) {
      ArrayNode choices = schema.putArray("oneOf");
      fields
          .exactlyOneOf()
          .forEach(name -> choices.addObject().set("required", strings(List.of(name))));
    }
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode field(Field<?> field) {
    ObjectNode schema = JSON.objectNode().put("description", description(field));
    schema.setAll(of(field.shape()));
    field.writtenDefault().ifPresent(text -> schema.set("default", written(field.shape(), text)));
    return schema;
  }

  private static JsonNode written(Shape<?> shape, String text) {
    boolean flag = shape instanceof Scalar<?> scalar && scalar.type() == Type.BOOLEAN;
    return flag ? JSON.booleanNode(Boolean.parseBoolean(text)) : JSON.textNode(text);
  }

  private static String description(Field<?> field) {
    StringBuilder text = new StringBuilder(field.doc()).append('.');
    if (!(field.shape() instanceof Scalar<?> scalar) || scalar.choices().isEmpty()) {
      text.append(" Write ").append(field.shape().expects()).append('.');
    }
    if (!field.otherwise().isEmpty()) {
      text.append(" Without it: ").append(field.otherwise()).append('.');
    }
    return text.toString();
  }

  private static ObjectNode typed(List<String> types) {
    return JSON.objectNode().set("type", strings(types));
  }

  private static ArrayNode strings(List<String> texts) {
    ArrayNode array = JSON.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static String whole(Pattern pattern) {
    return "^(?:" + pattern + ")$";
  }
}
