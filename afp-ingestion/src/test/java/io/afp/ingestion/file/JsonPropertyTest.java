package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.FileFormat;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Contract;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Generated lines: each is a row or a reject, and values are those that a tree of JSON has. */
class JsonPropertyTest extends FileTests {

  private static final TableDef TABLE = table("id int", "name string");
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final String[] NASTY = {
    "\"", "\\", "\n", "\r", "\0", ",", "{", "}", "[", ":", "é", "✓", "😀", "\u2028", "null", " "
  };

  @Override
  FileFormat format() {
    return FileFormat.JSONL;
  }

  @Test
  void everyLineIsARowOrAReject() throws JsonProcessingException {
    List<String> expected = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int rejected = 0;
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        lines.add(line(random));
      }
      for (String line : lines) {
        String row = row(line);
        if (row == null) {
          rejected++;
        } else {
          expected.add(row);
        }
      }
      names.add(seed + ".jsonl");
      file(seed + ".jsonl", String.join(random.nextBoolean() ? "\n" : "\r\n", lines));
    }
    Contract.Conformed conformed = conform(TABLE, names.toArray(String[]::new));
    assertThat(rejected).isPositive();
    assertThat(texts(conformed.accepted())).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(conformed.rejected().count()).isEqualTo(rejected);
  }

  private static String line(Random random) throws JsonProcessingException {
    ObjectNode object = MAPPER.createObjectNode();
    if (random.nextInt(10) > 0) {
      object.set("id", id(random));
    }
    if (random.nextInt(10) > 0) {
      object.set("name", value(random, 2));
    }
    if (random.nextInt(5) == 0) {
      object.set("other", value(random, 2));
    }
    String line = MAPPER.writeValueAsString(object);
    return random.nextInt(5) == 0 ? broken(random, line) : line;
  }

  private static JsonNode id(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> MAPPER.getNodeFactory().textNode("x");
      case 1 -> MAPPER.getNodeFactory().textNode("7");
      case 2 -> MAPPER.getNodeFactory().numberNode(new BigDecimal("1.5"));
      case 3 -> MAPPER.getNodeFactory().nullNode();
      default -> MAPPER.getNodeFactory().numberNode(random.nextInt());
    };
  }

  private static JsonNode value(Random random, int depth) {
    JsonNodeFactory nodes = MAPPER.getNodeFactory();
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> nodes.numberNode(random.nextLong());
      case 1 -> nodes.numberNode(BigDecimal.valueOf(random.nextInt(), 2));
      case 2 -> nodes.booleanNode(random.nextBoolean());
      case 3 -> nodes.nullNode();
      case 4 -> nodes.textNode(text(random));
      case 5 -> nodes.arrayNode().add(value(random, depth - 1)).add(value(random, depth - 1));
      default -> nodes.objectNode().<JsonNode>set(text(random), value(random, depth - 1));
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("a");
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(NASTY[random.nextInt(NASTY.length)]);
    }
    return text.toString();
  }

  /** A character that JSON needs is missing, or something is too much. */
  private static String broken(Random random, String line) {
    int place = random.nextInt(line.length());
    return switch (random.nextInt(4)) {
      case 0 -> line.substring(0, Math.max(place, 1));
      case 1 -> line.substring(1);
      case 2 -> line + "}";
      default -> "[" + line + "]";
    };
  }

  /** The row that a line stands for, by a tree; null for a reject. */
  private static String row(String line) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      return null;
    }
    if (!tree.isObject()) {
      return null;
    }
    String id = said(tree.get("id"));
    boolean fits = id == null || id.matches("-?\\d+");
    return fits ? (id + " " + said(tree.get("name"))).strip() : null;
  }

  private static String said(JsonNode value) {
    if (value == null || value.isNull()) {
      return null;
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }
}
