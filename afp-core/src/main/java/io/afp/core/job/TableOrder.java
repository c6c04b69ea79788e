package io.afp.core.job;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.spi.Inputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the tables of a pipeline in an order in which each comes behind those that it reads, also
 * where it reads them by way of other pipelines.
 */
final class TableOrder {

  private final Map<TableName, TableDef> own = new LinkedHashMap<>();
  private final Map<TableDef, Inputs> inputs;
  private final Neighbours neighbours;
  private final List<TableName> order = new ArrayList<>();

  private TableOrder(Map<TableDef, Inputs> inputs, Neighbours neighbours) {
    this.inputs = inputs;
    this.neighbours = neighbours;
    inputs.keySet().forEach(table -> own.put(table.name(), table));
  }

  /**
   * The tables in order.
   *
   * @throws AfpException DEPENDENCY_CYCLE if there is none
   */
  static List<TableDef> of(Map<TableDef, Inputs> inputs, Neighbours neighbours) {
    TableOrder order = new TableOrder(inputs, neighbours);
    order.own.keySet().forEach(table -> order.visit(table, new ArrayList<>()));
    return order.order.stream().filter(order.own::containsKey).map(order.own::get).toList();
  }

  private void visit(TableName table, List<TableName> path) {
    if (order.contains(table)) {
      return;
    }
    if (path.contains(table)) {
      throw cycle(table, path);
    }
    path.add(table);
    reads(table).stream().sorted().forEach(upstream -> visit(upstream, path));
    path.remove(table);
    order.add(table);
  }

  private Set<TableName> reads(TableName table) {
    return own.containsKey(table) ? inputs.get(own.get(table)).tables() : neighbours.reads(table);
  }

  private AfpException cycle(TableName table, List<TableName> path) {
    List<TableName> circle = new ArrayList<>(path.subList(path.indexOf(table), path.size()));
    circle.add(table);
    Optional<TableDef> first =
        Optional.ofNullable(own.get(table)).or(() -> neighbours.table(table));
    return AfpException.at(
        Location.file(first.orElseThrow().file()),
        ErrorCode.DEPENDENCY_CYCLE,
        "Cannot order the models: they read each other in a circle (%s)"
            .formatted(circle.stream().map(this::named).collect(Collectors.joining(" -> "))),
        "Take one of these tables out of the query of another.");
  }

  private String named(TableName table) {
    return neighbours
        .definerOf(table)
        .map(pipeline -> "%s of pipeline %s".formatted(table, pipeline.name()))
        .orElse(table.toString());
  }
}
