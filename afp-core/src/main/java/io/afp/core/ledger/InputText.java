package io.afp.core.ledger;

import io.afp.core.definition.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How the ledger writes down what a unit was made of. */
public final class InputText {

  private static final String FILE = "file:";
  private static final String CLASS = "class:";
  private static final String SOURCE = "source:";
  private static final String TABLE = "table:";

  /**
   * The version of a table that the same run writes; publish puts the number of its release in its
   * place.
   */
  public static final String THIS_RUN = "run";

  /** How the version of a source begins that can't say whether it changed. */
  public static final String READ_AT = "read at ";

  private InputText() {}

  /** A file with its checksum. */
  public static String file(String path, String checksum) {
    return FILE + path + "=" + checksum;
  }

  /** A table with the release, or the pointer, that says which rows were read. */
  public static String table(TableName table, String version) {
    return TABLE + table + "=" + version;
  }

  /** The class of a model, with the checksum of what it does. */
  public static String javaClass(String name, String checksum) {
    return CLASS + name + "=" + checksum;
  }

  /** A source that is no file, with what tells its state. */
  public static String source(String name, String version) {
    return SOURCE + name + "=" + version;
  }

  /** The inputs without files, which the ledger knows one by one. */
  public static List<String> besideFiles(List<String> inputs) {
    return inputs.stream().filter(input -> !input.startsWith(FILE)).toList();
  }

  /** What tells two lists of inputs apart, in words. */
  public static List<String> differences(List<String> before, List<String> now) {
    Map<String, String> old = byName(before);
    Map<String, String> wanted = byName(now);
    List<String> found = new ArrayList<>();
    wanted.forEach(
        (name, version) -> {
          if (!old.containsKey(name)) {
            found.add(name + " is new");
          } else if (!old.get(name).equals(version)) {
            boolean isSource = now.contains(source(name, version));
            found.add(name + (isSource ? news(old.get(name), version) : changed(version)));
          }
        });
    old.keySet().stream()
        .filter(name -> !wanted.containsKey(name))
        .forEach(name -> found.add(name + " is gone"));
    return found;
  }

  private static String changed(String version) {
    return version.equals(THIS_RUN) ? " is written by this run" : " changed";
  }

  private static String news(String before, String now) {
    return now.startsWith(READ_AT)
        ? " may have changed: it was " + before
        : " has news: %s, was %s".formatted(now, before);
  }

  /** The same inputs, with these versions of sources in the place of others. */
  public static List<String> withSources(List<String> inputs, Map<String, String> versions) {
    return inputs.stream()
        .map(input -> input.startsWith(SOURCE) ? withSource(input, versions) : input)
        .toList();
  }

  /** The same inputs, with this version of a source in the place of another one. */
  public static List<String> with(List<String> inputs, String name, String version) {
    return Stream.concat(
            inputs.stream().filter(input -> !isOf(input, name)), Stream.of(source(name, version)))
        .sorted()
        .toList();
  }

  /** The version of a source among inputs; empty where it is not known. */
  public static Optional<String> versionOf(List<String> inputs, String name) {
    return inputs.stream()
        .filter(input -> isOf(input, name))
        .map(input -> input.substring(input.lastIndexOf('=') + 1))
        .findFirst();
  }

  private static boolean isOf(String input, String name) {
    return input.startsWith(SOURCE + name + "=");
  }

  private static String withSource(String input, Map<String, String> versions) {
    String name = input.substring(SOURCE.length(), input.lastIndexOf('='));
    return versions.containsKey(name) ? source(name, versions.get(name)) : input;
  }

  private static Map<String, String> byName(List<String> inputs) {
    Map<String, String> versions = new TreeMap<>();
    for (String input : inputs) {
      int colon = input.indexOf(':');
      int equals = input.lastIndexOf('=');
      versions.put(input.substring(colon + 1, equals), input.substring(equals + 1));
    }
    return versions;
  }

  static String resolve(String text, long release) {
    boolean ofRun = text.startsWith(TABLE) && text.endsWith("=" + THIS_RUN);
    return ofRun ? text.substring(0, text.length() - THIS_RUN.length()) + release : text;
  }
}
