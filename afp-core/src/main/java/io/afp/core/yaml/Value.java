package io.afp.core.yaml;

import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value of a document, at its place. */
public final class Value {

  private final Document document;
  private final Node node;
  private final String path;
  private Map<String, Value> entries; // made once, so that a duplicate key is reported once

  Value(Document document, Node node, String path) {
    this.document = document;
    this.node = node;
    this.path = path;
  }

  /** The document that this value is part of. */
  public Document document() {
    return document;
  }

  /** Where the value is written. */
  public Location location() {
    return document.at(path);
  }

  /** Reports that this value can't be read. */
  public void report(ErrorCode code, String why, String fix) {
    document.error(code, path, "Cannot read %s: %s".formatted(subject(), why), fix);
  }

  void markUnread() {
    document.markUnread(path);
  }

  boolean isNull() {
    return node instanceof ScalarNode && Tag.NULL.equals(node.getTag());
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  Optional<String> text() {
    return isNull() ? Optional.empty() : verbatim();
  }

  Optional<String> verbatim() {
    return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
  }

  List<Value> items() {
    List<Node> nodes = ((SequenceNode) node).getValue();
    List<Value> items = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      items.add(document.value(nodes.get(i), nodes.get(i), path + '[' + i + ']'));
    }
    return items;
  }

  /** The keys of a mapping; nothing for another value. */
  public List<String> keys() {
    return isMapping() ? List.copyOf(entries().keySet()) : List.of();
  }

  /** Whether this is a mapping without a key. */
  public boolean isEmptyMapping() {
    return isMapping() && entries().isEmpty();
  }

  /** The value under a key, if this is a mapping that has it. */
  public Optional<Value> find(String key) {
    return isMapping() ? Optional.ofNullable(entries().get(key)) : Optional.empty();
  }

  Map<String, Value> entries() {
    if (entries == null) {
      entries = new LinkedHashMap<>();
      ((MappingNode) node).getValue().forEach(this::addEntry);
    }
    return entries;
  }

  private void addEntry(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      report(ErrorCode.WRONG_VALUE, "a key is not text", "Write a single word as key.");
    } else if (entries.containsKey(key.getValue())) {
      reportDuplicate(key);
    } else {
      String name = key.getValue();
      entries.put(name, document.value(tuple.getValueNode(), key, join(name)));
    }
  }

  private void reportDuplicate(ScalarNode key) {
    Location location = new Location(document.file(), Document.lineOf(key), join(key.getValue()));
    document.error(
        ErrorCode.DUPLICATE_NAME,
        location,
        "Cannot read %s: the key '%s' is there twice".formatted(subject(), key.getValue()),
        "Keep one of the two.");
  }

  void reportWrong(String expects) {
    if (isNull()) {
      report(ErrorCode.WRONG_VALUE, "it is empty", "Write %s, or remove it.".formatted(expects));
    } else {
      report(ErrorCode.WRONG_VALUE, "it is " + kind(), "Write %s.".formatted(expects));
    }
  }

  private String kind() {
    if (isList()) {
      return "a list";
    }
    return isMapping() ? "a mapping" : "a single value";
  }

  private String subject() {
    return path.isEmpty() ? "the file" : path;
  }

  private String join(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
