package io.afp.core.lake;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/**
 * A table that was emptied, with those that are kept beside it, and brought to its declaration,
 * whatever that changed: without rows nothing gets lost.
 *
 * <p>The tables stay the same ones, so that readers and releases go on with them; a table that is
 * dropped and created again would be another one. Only where a view takes the place of a table, or
 * a table that of a view, the old one is taken out.
 *
 * @param emptied the tables that were there
 * @param changes what was changed in the columns and partitions, in words
 */
public record Renewal(Set<TableName> emptied, List<String> changes) {

  static Renewal of(TableDef definition, LakeTables tables, Map<String, String> summary) {
    TableName name = definition.name();
    Set<TableName> emptied = new HashSet<>();
    for (TableName each : List.of(name, name.observed(), name.rejects(), name.quarantine())) {
      tables
          .find(each)
          .ifPresent(
              table -> {
                clear(table, summary);
                emptied.add(each);
              });
    }
    if (definition.isView() || tables.isView(name)) {
      tables.drop(name);
    }
    List<String> changes =
        tables
            .find(name)
            .map(table -> LakeTables.change(definition, table).force().changes())
            .orElse(List.of());
    return new Renewal(emptied, changes);
  }

  private static void clear(Table table, Map<String, String> summary) {
    if (table.currentSnapshot() != null) { // one without rows may have been merged into
      DeleteFiles all = table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue());
      summary.forEach(all::set);
      all.commit();
    }
  }
}
