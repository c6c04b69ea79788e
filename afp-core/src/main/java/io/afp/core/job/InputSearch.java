package io.afp.core.job;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Outside;
import io.afp.core.spi.Stage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what the tables of a pipeline are made of: files, tables and classes. What is wrong
 * with one table is kept until it is known whether that table is wanted.
 */
final class InputSearch {

  private final PipelineDef pipeline;
  private final List<Stage> stages;
  private final Outside outside;
  private final Neighbours neighbours;
  private final Set<TableName> main;
  private final Set<TableName> known;
  private final Map<TableDef, Inputs> found = new LinkedHashMap<>();
  private final Map<TableName, List<Problem>> broken = new LinkedHashMap<>();
  private final Map<TableName, Set<String>> withoutFile = new HashMap<>();
  private final SourceWatch watch;
  private Needed needed = (table, unit) -> true;

  /** Which units of a source have to have files. */
  @FunctionalInterface
  interface Needed {
    boolean files(TableDef table, Unit unit);
  }

  /**
   * A search.
   *
   * @param main the tables that are published
   * @param watch knows what was loaded
   */
  InputSearch(
      Project project,
      PipelineDef pipeline,
      List<Stage> stages,
      Outside outside,
      Set<TableName> main,
      SourceWatch watch) {
    this.pipeline = pipeline;
    this.stages = stages;
    this.outside = outside;
    this.main = main;
    this.watch = watch;
    this.neighbours = new Neighbours(project, pipeline, this::readByModel);
    this.known = new HashSet<>(main);
    known.addAll(neighbours.tables());
    pipeline.tables().forEach(table -> known.add(table.name()));
  }

  /** From here on only these units of a source have to have files. */
  void requireFiles(Needed units) {
    needed = units;
  }

  Neighbours neighbours() {
    return neighbours;
  }

  boolean isPublished(TableName table) {
    return main.contains(table);
  }

  Optional<TableDef> definition(TableName name) {
    return pipeline.table(name).or(() -> neighbours.table(name));
  }

  Optional<Stage> stage(TableDef table) {
    return stages.stream().filter(s -> s.fills(table)).findFirst();
  }

  /** Looks for the inputs of a table that this run may fill. */
  void look(TableDef table, List<Unit> units, Optional<Interval> interval) {
    stage(table)
        .ifPresent(
            stage -> {
              try {
                Inputs inputs = inputs(stage, table, units);
                neighbours.follow(inputs.tables());
                found.put(table, inputs);
                neighbours.requirePublished(table, unpublished(inputs), interval);
              } catch (AfpException e) {
                broken.put(table.name(), e.problems());
              }
            });
  }

  /** What was found so far. */
  Map<TableDef, Inputs> found() {
    return found;
  }

  /** What is wrong with these tables. */
  List<Problem> problems(Set<TableName> tables) {
    return broken.entrySet().stream()
        .filter(table -> tables.contains(table.getKey()))
        .flatMap(table -> table.getValue().stream())
        .toList();
  }

  /** What each table reads; also of those that other jobs fill, so that they can be named. */
  Map<TableName, Set<TableName>> upstream() {
    Map<TableName, Set<TableName>> upstream = new LinkedHashMap<>();
    pipeline.tables().forEach(table -> upstream.put(table.name(), Set.of()));
    found.forEach((table, inputs) -> upstream.put(table.name(), inputs.tables()));
    return upstream;
  }

  private Inputs inputs(Stage stage, TableDef table, List<Unit> units) {
    return table.fileSource().isPresent()
        ? files(stage, table, units)
        : stage.inputs(request(pipeline, table, units));
  }

  /** Units without files are kept in mind, if none of them needs some. */
  private Inputs files(Stage stage, TableDef table, List<Unit> units) {
    Inputs found = stage.inputsThatAreThere(request(pipeline, table, units));
    List<Unit> without = units.stream().filter(u -> !found.files().containsKey(u)).toList();
    List<Unit> missing = without.stream().filter(u -> needed.files(table, u)).toList();
    if (!missing.isEmpty()) {
      stage.inputs(request(pipeline, table, missing)); // says of all of them what is missing
    }
    Set<String> labels = withoutFile.computeIfAbsent(table.name(), t -> new HashSet<>());
    without.forEach(unit -> labels.add(unit.label()));
    return found;
  }

  /** Adds the files of units of a source, of those that have some. */
  Inputs withFiles(TableDef table, Inputs inputs, List<Unit> units) {
    List<Unit> more = units.stream().filter(u -> !inputs.files().containsKey(u)).toList();
    return table.fileSource().isEmpty() || more.isEmpty()
        ? inputs
        : inputs.plusFiles(
            stage(table).orElseThrow().inputsThatAreThere(request(pipeline, table, more)).files());
  }

  /** Whether files were looked for, and none was there. */
  boolean isWithoutFile(TableName table, Unit unit) {
    return withoutFile.getOrDefault(table, Set.of()).contains(unit.label());
  }

  /** The units of these tables for which that is so. */
  Set<String> withoutFile(Set<TableName> tables) {
    return tables.stream()
        .flatMap(table -> withoutFile.getOrDefault(table, Set.of()).stream())
        .collect(Collectors.toSet());
  }

  /** What a model reads that nobody has made yet, and this pipeline never makes. */
  private List<TableName> unpublished(Inputs inputs) {
    return inputs.tables().stream()
        .filter(table -> !main.contains(table) && neighbours.tables().contains(table))
        .toList();
  }

  private Set<TableName> readByModel(PipelineDef other, TableDef table) {
    return table.model().isEmpty()
        ? Set.of()
        : stage(table)
            .map(s -> s.inputs(request(other, table, List.of(Unit.all()))).tables())
            .orElse(Set.of());
  }

  private Stage.InputRequest request(PipelineDef of, TableDef table, List<Unit> units) {
    return new Stage.InputRequest(of, table, units, known, watch.of(table.name()), outside);
  }
}
