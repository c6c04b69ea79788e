package io.afp.core.yaml;

import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Makes the node trees of documents. */
final class Nodes {

  private static final String FIX = "Mend the YAML at this place.";

  private Nodes() {}

  /** The tree of a YAML text; empty after a syntax error was reported. */
  static Optional<Node> compose(String text, Document document) {
    try {
      Node root = new Compose(settings(document)).composeString(text).orElseGet(() -> of(Map.of()));
      return Optional.of(root);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
      reportSyntax(document, line, e.getProblem());
    } catch (YamlEngineException e) {
      reportSyntax(document, 0, e.getMessage());
    } catch (StackOverflowError e) { // the composer is recursive and sets no limit of its own
      reportSyntax(document, 0, "it is nested too deeply");
    }
    return Optional.empty();
  }

  private static LoadSettings settings(Document document) {
    return LoadSettings.builder().setLabel(document.file()).setSchema(new CoreSchema()).build();
  }

  private static void reportSyntax(Document document, int line, String why) {
    String message = "Cannot read the file: it is not YAML: " + why;
    Location location = new Location(document.file(), line, "");
    document.error(ErrorCode.YAML_SYNTAX, location, message, FIX);
  }

  /** The tree of a {@code Map}, a {@code List}, an empty {@code Optional} for null, or a value. */
  static Node of(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<NodeTuple> tuples =
          map.entrySet().stream()
              .map(e -> new NodeTuple(of(e.getKey()), of(e.getValue())))
              .toList();
      return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
    }
    if (value instanceof List<?> list) {
      List<Node> nodes = list.stream().map(Nodes::of).toList();
      return new SequenceNode(Tag.SEQ, nodes, FlowStyle.BLOCK);
    }
    return scalar(value);
  }

  private static Node scalar(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional
          .map(Nodes::of)
          .orElseGet(() -> new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN));
    }
    return new ScalarNode(Tag.STR, value.toString(), ScalarStyle.PLAIN);
  }
}
