package io.afp.core.drift;

import io.afp.core.definition.ColumnType;
import io.afp.core.drift.SourceColumns.Column;
import io.afp.core.drift.SourceColumns.Part;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A column over several parts of a source.
 *
 * @param types that it has there
 * @param having the places that have it
 * @param lacking the places that do not
 */
record ColumnUse(String name, Set<String> types, List<String> having, List<String> lacking) {

  /** All columns of these parts: in the order of the last one, then those of others. */
  static List<ColumnUse> in(List<Part> parts) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = parts.size() - 1; i >= 0; i--) {
      parts.get(i).columns().forEach(column -> names.add(column.name()));
    }
    Map<String, Set<String>> types = new LinkedHashMap<>();
    names.forEach(name -> types.put(name, new LinkedHashSet<>()));
    for (Part part : parts) {
      for (Column column : part.columns()) {
        types.get(column.name()).add(column.type());
      }
    }
    List<Named> named = parts.stream().map(Named::of).toList();
    return names.stream().map(name -> of(name, types.get(name), named)).toList();
  }

  /** A part and the names of its columns, of which there may be thousands. */
  private record Named(Part part, Set<String> names) {

    static Named of(Part part) {
      return new Named(part, Set.copyOf(part.names()));
    }
  }

  /** A column that none of these parts has. */
  static ColumnUse none(String name, List<Part> parts) {
    return new ColumnUse(
        name, Set.of(), List.of(), parts.stream().flatMap(p -> p.places().stream()).toList());
  }

  private static ColumnUse of(String name, Set<String> types, List<Named> parts) {
    Map<Boolean, List<String>> places =
        parts.stream()
            .collect(
                Collectors.partitioningBy(
                    named -> named.names().contains(name),
                    Collectors.flatMapping(
                        named -> named.part().places().stream(), Collectors.toList())));
    return new ColumnUse(name, types, places.get(true), places.get(false));
  }

  /** Its type: the widest of those that it has, or all of them where none is the widest. */
  String type() {
    return types.size() == 1
        ? types.iterator().next()
        : widest().map(ColumnType::toString).orElse(String.join(" or ", types));
  }

  /** The type that has room for all its values; empty where definitions have none for it. */
  Optional<ColumnType> widest() {
    Collection<Optional<ColumnType>> known = types.stream().map(ColumnUse::parsed).toList();
    return known.stream()
        .flatMap(Optional::stream)
        .filter(
            type ->
                known.stream()
                    .allMatch(
                        other -> other.filter(o -> o.equals(type) || o.widensTo(type)).isPresent()))
        .findFirst();
  }

  private static Optional<ColumnType> parsed(String type) {
    boolean small = type.equals("tinyint") || type.equals("smallint");
    return ColumnType.parse(small ? "int" : type);
  }

  /** How many places lack it, and the first of them. */
  String whereMissing() {
    return where(lacking);
  }

  /** How many places have it, and the first of them. */
  String whereFound() {
    return where(having);
  }

  private String where(List<String> some) {
    int all = having.size() + lacking.size();
    return "%d of %d, first=%s".formatted(some.size(), all, some.get(0));
  }
}
