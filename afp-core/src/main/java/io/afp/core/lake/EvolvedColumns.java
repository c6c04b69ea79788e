package io.afp.core.lake;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.DriftDef;
import io.afp.core.definition.DriftDef.Policy;
import io.afp.core.definition.TableDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The columns of a table that its source brought and that are not declared, or not so wide; as a
 * property of the table, so that later runs keep them and a rollback takes them back.
 */
final class EvolvedColumns {

  static final String PROPERTY = "afp.evolved";

  private EvolvedColumns() {}

  /** The definition with the columns that the table has beside the declared ones. */
  static TableDef added(TableDef definition, Table table) {
    Set<String> kept = kept(definition, table);
    if (kept.isEmpty()) {
      return definition;
    }
    List<ColumnDef> columns = new ArrayList<>();
    for (ColumnDef column : definition.declared()) {
      columns.add(kept.contains(column.name()) ? asFound(column, table) : column);
    }
    kept.stream()
        .filter(name -> definition.column(name).isEmpty())
        .flatMap(name -> found(table, name).stream())
        .forEach(columns::add);
    return definition.withColumns(columns);
  }

  private static ColumnDef asFound(ColumnDef column, Table table) {
    return found(table, column.name())
        .map(ColumnDef::type)
        .filter(column.type()::widensTo)
        .map(column::withType)
        .orElse(column);
  }

  private static Optional<ColumnDef> found(Table table, String name) {
    return Optional.ofNullable(table.schema().findField(name))
        .map(NestedField::type)
        .flatMap(IcebergTypes::columnType)
        .map(type -> ColumnDef.plain(name, type));
  }

  /** The recorded columns that {@code drift} still lets differ from the declaration. */
  static Set<String> kept(TableDef definition, Table table) {
    DriftDef drift = definition.drift();
    return recorded(table).stream()
        .filter(name -> !definition.isDropped(name))
        .filter(
            name ->
                Policy.EVOLVE
                    == (definition.column(name).isPresent()
                        ? drift.widenedTypes()
                        : drift.newColumns()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Set<String> recorded(Table table) {
    String names = table.properties().getOrDefault(PROPERTY, "");
    return names.isEmpty() ? Set.of() : Set.of(names.split(","));
  }

  /** Records these columns instead of the others. */
  static void record(Table table, Set<String> names) {
    if (names.equals(recorded(table))) {
      return;
    }
    if (names.isEmpty()) {
      table.updateProperties().remove(PROPERTY).commit();
    } else {
      String text = String.join(",", new TreeSet<>(names));
      table.updateProperties().set(PROPERTY, text).commit();
    }
  }

  /** A table that shows an older state has the record of that one. */
  static void restore(TableMetadata old, TableMetadata.Builder table) {
    String record = old.properties().get(PROPERTY);
    if (record == null) {
      table.removeProperties(Set.of(PROPERTY));
    } else {
      table.setProperties(Map.of(PROPERTY, record));
    }
  }
}
