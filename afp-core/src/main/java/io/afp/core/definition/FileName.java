package io.afp.core.definition;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * A file below {@code tables/}.
 *
 * @param path where it is
 * @param namespace the name of its folder
 * @param stem its name without the extension
 * @param extension what follows the last dot, in lower case
 */
record FileName(Path path, String namespace, String stem, String extension) {

  private static final Set<String> YAML = Set.of("yaml", "yml");

  static FileName of(Path path) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return new FileName(path, path.getParent().getFileName().toString(), stem, extension);
  }

  boolean isYaml() {
    return YAML.contains(extension);
  }

  boolean isSql() {
    return extension.equals("sql");
  }

  boolean isHidden() {
    return stem.startsWith(".") || stem.isEmpty();
  }

  boolean isIdentifier() {
    return TableName.isIdentifier(namespace) && TableName.isIdentifier(stem);
  }

  TableName table() {
    return new TableName(namespace, stem);
  }

  /**
   * What two files have in common that define the same table, for file systems that know no case
   * too.
   */
  String identity() {
    return (namespace + "." + stem).toLowerCase(Locale.ROOT);
  }
}
