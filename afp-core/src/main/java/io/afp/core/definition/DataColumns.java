package io.afp.core.definition;

import io.afp.core.yaml.Nearest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The columns of data that nobody declared. */
final class DataColumns {

  private final List<String> names;
  private final TreeMap<String, String> types;

  /**
   * Columns.
   *
   * @param types by their names, as Spark writes them, in order
   * @param order by which two names are that of one column
   */
  DataColumns(Map<String, String> types, Comparator<String> order) {
    this.names = List.copyOf(types.keySet());
    this.types = new TreeMap<>(order);
    this.types.putAll(types);
  }

  List<String> names() {
    return names;
  }

  /** Whether a rule can name the column: what has a dot is the field of a column for Spark. */
  boolean canBeAsked(String name) {
    return types.containsKey(name) && name.indexOf('.') < 0 && name.indexOf('`') < 0;
  }

  boolean areOne(String name, String other) {
    return types.comparator().compare(name, other) == 0;
  }

  /** The type of a column; one that AFP does not have is not known. */
  ColumnType type(String name) {
    String type = types.get(name);
    boolean small = type.equals("tinyint") || type.equals("smallint");
    return ColumnType.parse(small ? "int" : type).orElse(ColumnShape.ANY_TYPE);
  }

  /** The type as Spark writes it. */
  String written(String name) {
    return types.get(name);
  }

  /** Why a rule can't name a column. */
  Optional<String> problem(String name) {
    if (canBeAsked(name)) {
      return Optional.empty();
    }
    if (types.containsKey(name)) {
      return Optional.of(
          "the name of column '%s' has a dot or a backtick; read it under another one"
              .formatted(name));
    }
    String known = "the data has %s".formatted(String.join(", ", names));
    String hint = Nearest.to(name, names).map("is '%s' meant?"::formatted).orElse(known);
    return Optional.of("there is no column '%s'; %s".formatted(name, hint));
  }
}
