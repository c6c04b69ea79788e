package io.afp.core.yaml;

import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problems;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One file while it is read: the places of its values, and where its problems go.
 *
 * <p>A tree that was made in Java is a document too, without a file and without lines, so that it
 * passes the same rules.
 */
public final class Document {

  private final String file;
  private final Problems problems;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Set<String> unread = new HashSet<>();

  private Document(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * The root of a YAML file; empty after it was reported why it can't be read.
   *
   * @param name the file as a user would name it
   */
  public static Optional<Value> load(Path path, String name, Problems problems) {
    try {
      return parse(Files.readString(path), name, problems);
    } catch (CharacterCodingException e) {
      reportUnreadable(name, "it is not text in UTF-8", "Save the file as UTF-8.", problems);
    } catch (IOException e) {
      String why = "it is not readable (reason=%s)".formatted(e.getClass().getSimpleName());
      reportUnreadable(name, why, "Make the file readable for this account.", problems);
    }
    return Optional.empty();
  }

  /** The root of YAML text; an empty text is an empty mapping. */
  public static Optional<Value> parse(String text, String name, Problems problems) {
    Document document = new Document(name, problems);
    return Nodes.compose(text, document).map(node -> document.value(node, node, ""));
  }

  /**
   * The root of a tree of {@code Map}, {@code List} and values that was made in Java.
   *
   * @param name what stands in problems where the name of a file stands
   */
  public static Value of(Map<String, ?> tree, String name, Problems problems) {
    Document document = new Document(name, problems);
    Node node = Nodes.of(tree);
    return document.value(node, node, "");
  }

  private static void reportUnreadable(String name, String why, String fix, Problems problems) {
    String message = "Cannot read %s: %s".formatted(name, why);
    problems.error(ErrorCode.YAML_SYNTAX, message, Location.file(name), fix);
  }

  /** The file as a user would name it. */
  public String file() {
    return file;
  }

  /** The place of a YAML path, or of the nearest value around it. */
  public Location at(String path) {
    String known = path;
    while (!lines.containsKey(known) && !known.isEmpty()) {
      known = parent(known);
    }
    return new Location(file, lines.getOrDefault(known, 0), path);
  }

  private static String parent(String path) {
    int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
    return path.substring(0, Math.max(0, end));
  }

  /** Whether something is written at this path. */
  public boolean has(String path) {
    return lines.containsKey(path);
  }

  /** The path of an item of a list, by its place among the items that could be read. */
  public String item(String list, int index) {
    int written = 0;
    for (int read = 0; read < index || unread.contains(itemPath(list, written)); written++) {
      read += unread.contains(itemPath(list, written)) ? 0 : 1;
    }
    return itemPath(list, written);
  }

  private static String itemPath(String list, int index) {
    return list + '[' + index + ']';
  }

  void markUnread(String path) {
    unread.add(path);
  }

  /** Reports an error at a YAML path. */
  public void error(ErrorCode code, String path, String message, String fix) {
    error(code, at(path), message, fix);
  }

  void error(ErrorCode code, Location location, String message, String fix) {
    problems.error(code, message, location, fix);
  }

  /** Reports a warning at a YAML path. */
  public void warning(ErrorCode code, String path, String message, String fix) {
    problems.warning(code, message, at(path), fix);
  }

  Value value(Node node, Node placed, String path) {
    lines.put(path, lineOf(placed));
    return new Value(this, node, path);
  }

  static int lineOf(Node node) {
    return node.getStartMark().map(Mark::getLine).map(line -> line + 1).orElse(0);
  }
}
