package io.afp.core.job;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.spi.Inputs;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A view has no rows of its own, so what reads one depends on all that the view shows, as if it
 * read that itself.
 */
final class ShownByViews {

  private final Map<TableDef, Inputs> inputs;
  private final Function<TableName, Optional<TableDef>> definitions;
  private final Neighbours neighbours;

  ShownByViews(
      Map<TableDef, Inputs> inputs,
      Function<TableName, Optional<TableDef>> definitions,
      Neighbours neighbours) {
    this.inputs = inputs;
    this.definitions = definitions;
    this.neighbours = neighbours;
  }

  /** All inputs with the tables and views below the views among them. */
  Map<TableDef, Inputs> added() {
    Map<TableDef, Inputs> all = new LinkedHashMap<>();
    inputs.forEach((table, found) -> all.put(table, found.withTables(shown(found.tables()))));
    return all;
  }

  private Set<TableName> shown(Set<TableName> read) {
    Set<TableName> all = new HashSet<>();
    read.forEach(table -> add(table, all));
    return all;
  }

  private void add(TableName table, Set<TableName> all) {
    if (all.add(table)) {
      definitions
          .apply(table)
          .filter(TableDef::isView)
          .ifPresent(view -> below(view).forEach(each -> add(each, all)));
    }
  }

  private Set<TableName> below(TableDef view) {
    return inputs.containsKey(view) ? inputs.get(view).tables() : neighbours.reads(view.name());
  }
}
