package io.afp.core.definition;

import io.afp.core.yaml.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts a pipeline together from the trees of its files, or of its builders, and holds it against
 * the rules.
 */
final class PipelineAssembly {

  private final Optional<PipelineShape.Draft> pipeline;
  private final boolean hasInterval;
  private final List<TableContext> tables = new ArrayList<>();

  /** Starts with the tree of the pipeline itself; empty if it could not be read. */
  PipelineAssembly(Optional<Value> root) {
    this.pipeline = root.flatMap(PipelineShape.SHAPE::read);
    this.hasInterval = pipeline.isEmpty() || root.flatMap(r -> r.find("interval")).isPresent();
  }

  /**
   * A table before it is read.
   *
   * @param file its file as a user would name it; empty for one that was made in Java
   */
  record Part(TableName name, String file, Value root, Optional<ModelDef> model) {}

  void add(Part part) {
    TableShape.SHAPE
        .read(part.root())
        .map(draft -> draft.named(part.name(), part.file(), part.model()))
        .ifPresent(table -> add(table, part.root()));
  }

  private void add(TableDef table, Value root) {
    Optional<IntervalDef> interval = pipeline.flatMap(PipelineShape.Draft::interval);
    tables.add(new TableContext(table, root, interval, hasInterval, false));
  }

  /** Checks everything that was added; what it gives is only good if no problem was reported. */
  List<TableDef> check(KnownTables known) {
    tables.forEach(TableRules::check);
    tables.forEach(table -> ReferenceRules.check(table, known));
    ServeRules.check(tables);
    return tables.stream()
        .map(TableContext::table)
        .sorted(Comparator.comparing(TableDef::name))
        .toList();
  }

  /** Checks everything that was added; the pipeline is only good if no problem was reported. */
  Optional<PipelineDef> finish(Path folder, KnownTables known) {
    List<TableDef> checked = check(known);
    return pipeline.map(draft -> draft.in(folder, checked));
  }
}
