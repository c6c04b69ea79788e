package io.afp.core.job;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.spi.Inputs;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A view has no rows of its own, so what reads one depends on all that the view shows, as if it
 * read that itself.
 */
final class ShownByViews {

  private final Map<TableDef, Inputs> inputs;
  private final Neighbours neighbours;
  private final Map<TableName, TableDef> own = new LinkedHashMap<>();

  ShownByViews(Map<TableDef, Inputs> inputs, Neighbours neighbours) {
    this.inputs = inputs;
    this.neighbours = neighbours;
    inputs.keySet().forEach(table -> own.put(table.name(), table));
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
    if (all.add(table) && isView(table)) {
      below(table).forEach(each -> add(each, all));
    }
  }

  private boolean isView(TableName table) {
    return Optional.ofNullable(own.get(table))
        .or(() -> neighbours.table(table))
        .filter(TableDef::isView)
        .isPresent();
  }

  private Set<TableName> below(TableName view) {
    return own.containsKey(view) ? inputs.get(own.get(view)).tables() : neighbours.reads(view);
  }
}
