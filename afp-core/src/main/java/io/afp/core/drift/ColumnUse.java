package io.afp.core.drift;

import io.afp.core.definition.ColumnType;
import io.afp.core.drift.SourceColumns.Column;
import io.afp.core.drift.SourceColumns.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A column over several parts of a source.
 *
 * @param types that it has there, each with its places
 * @param lacking the places that do not have it
 */
record ColumnUse(String name, Map<String, List<String>> types, List<String> lacking) {

  /** All columns of these parts: in the order of the last one, then those of others. */
  static List<ColumnUse> in(List<Part> parts) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = parts.size() - 1; i >= 0; i--) {
      parts.get(i).columns().forEach(column -> names.add(column.name()));
    }
    Map<String, Map<String, List<String>>> types = new LinkedHashMap<>();
    names.forEach(name -> types.put(name, new LinkedHashMap<>()));
    for (Part part : parts) {
      for (Column column : part.columns()) {
        types
            .get(column.name())
            .computeIfAbsent(column.type(), type -> new ArrayList<>())
            .addAll(part.places());
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
    return new ColumnUse(name, Map.of(), parts.stream().flatMap(p -> p.places().stream()).toList());
  }

  private static ColumnUse of(String name, Map<String, List<String>> types, List<Named> parts) {
    List<String> lacking =
        parts.stream()
            .filter(named -> !named.names().contains(name))
            .flatMap(named -> named.part().places().stream())
            .toList();
    return new ColumnUse(name, types, lacking);
  }

  /** The places that have it. */
  List<String> having() {
    return types.values().stream().flatMap(List::stream).toList();
  }

  /** Its type: the widest of those that it has, or all of them where none is the widest. */
  String type() {
    return types.size() == 1
        ? types.keySet().iterator().next()
        : widest().map(ColumnType::toString).orElse(String.join(" or ", types.keySet()));
  }

  /** The type that has room for all its values; empty where definitions have none for it. */
  Optional<ColumnType> widest() {
    Collection<Optional<ColumnType>> known =
        types.keySet().stream().map(ColumnUse::parsed).toList();
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
    return where(having());
  }

  /** How many places have a wider type than this one, and the first of them. */
  String whereWider(ColumnType declared) {
    return where(
        types.entrySet().stream()
            .filter(type -> parsed(type.getKey()).filter(declared::widensTo).isPresent())
            .flatMap(type -> type.getValue().stream())
            .toList());
  }

  private String where(List<String> some) {
    int all = having().size() + lacking.size();
    return "%d of %d, first=%s".formatted(some.size(), all, some.get(0));
  }
}
