package io.afp.transform;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problems;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;

/** Finds the tables that a model means, and collects the names that mean none. */
final class UnknownTables {

  private final ModelDef model;
  private final Set<TableName> known;
  private final Problems problems = new Problems();

  UnknownTables(ModelDef model, Set<TableName> known) {
    this.model = model;
    this.known = known;
  }

  Optional<TableName> find(List<String> named, Location location) {
    List<String> parts = withoutCatalog(named);
    Optional<TableName> table =
        known.stream().filter(t -> List.of(t.namespace(), t.name()).equals(parts)).findFirst();
    if (table.isEmpty()) {
      String name = String.join(".", parts);
      problems.error(
          ErrorCode.UNKNOWN_TABLE,
          "Cannot find table %s, which %s reads".formatted(name, model.title()),
          location,
          "Use namespace.table of a table that is defined or in the lake; the nearest is %s."
              .formatted(nearest(name)));
    }
    return table;
  }

  private static List<String> withoutCatalog(List<String> parts) {
    boolean full = parts.size() == 3 && parts.get(0).equals(Branches.MAIN);
    return full ? parts.subList(1, parts.size()) : parts;
  }

  private String nearest(String name) {
    return known.stream()
        .map(TableName::toString)
        .min(Comparator.comparingInt(other -> distance(name, other)))
        .orElse("none, the lake is empty");
  }

  private static int distance(String a, String b) {
    return UTF8String.fromString(a).levenshteinDistance(UTF8String.fromString(b));
  }

  void throwIfAny() {
    problems.throwIfErrors();
  }
}
