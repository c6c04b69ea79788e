package io.afp.core.definition;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tables of a pipeline that is made in Java; what other pipelines define can't be known and
 * passes.
 */
final class BuiltTables implements KnownTables {

  private final Map<TableName, List<String>> columns = new TreeMap<>();

  BuiltTables(List<PipelineAssembly.Part> parts) {
    parts.forEach(part -> columns.put(part.name(), TableContext.columnNames(part.root())));
  }

  @Override
  public Collection<TableName> names() {
    return columns.keySet();
  }

  @Override
  public Optional<List<String>> columns(TableName table) {
    return Optional.of(columns.getOrDefault(table, List.of()));
  }
}
