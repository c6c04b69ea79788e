package io.afp.core.job;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The other pipelines of the project. The definition of one is read when a table of it is read, so
 * that a broken one stops nobody else.
 */
final class Neighbours {

  private final Project project;
  private final Reader reader;
  private final Map<TableName, Path> folders;
  private final Map<Path, PipelineDef> definitions = new HashMap<>();
  private final Map<TableName, Set<TableName>> reads = new HashMap<>();

  /** Finds out which tables the model of a table reads; none for a source. */
  @FunctionalInterface
  interface Reader {
    Set<TableName> reads(PipelineDef pipeline, TableDef table);
  }

  Neighbours(Project project, PipelineDef own, Reader reader) {
    this.project = project;
    this.reader = reader;
    this.folders = project.tables();
    own.tables().forEach(table -> folders.remove(table.name()));
  }

  /** The tables that they define. */
  Set<TableName> tables() {
    return folders.keySet();
  }

  /**
   * The pipeline that defines a table; empty when none of them does.
   *
   * @throws AfpException with all that is wrong with its definition
   */
  Optional<PipelineDef> definerOf(TableName table) {
    return Optional.ofNullable(folders.get(table))
        .map(folder -> definitions.computeIfAbsent(folder, f -> PipelineReader.read(project, f)));
  }

  /** A table of one of them. */
  Optional<TableDef> table(TableName name) {
    return definerOf(name).flatMap(pipeline -> pipeline.table(name));
  }

  /**
   * Finds out what these tables are made of, as far as other pipelines make it.
   *
   * @throws AfpException if a definition on the way is broken
   */
  void follow(Collection<TableName> tables) {
    for (TableName name : tables) {
      if (!reads.containsKey(name) && folders.containsKey(name)) {
        PipelineDef pipeline = definerOf(name).orElseThrow();
        Set<TableName> read =
            pipeline.table(name).map(t -> reader.reads(pipeline, t)).orElse(Set.of());
        reads.put(name, read);
        follow(read);
      }
    }
  }

  /** The tables that the model of a table reads, once it was followed. */
  Set<TableName> reads(TableName table) {
    return reads.getOrDefault(table, Set.of());
  }

  /**
   * A model can't read what is not there yet.
   *
   * @param read the tables that it reads and that are not on main
   * @throws AfpException UPSTREAM_MISSING with one problem for each of them
   */
  void requirePublished(TableDef model, List<TableName> read, Optional<Interval> interval) {
    List<Problem> problems =
        read.stream().sorted().map(table -> unpublished(model, table, interval)).toList();
    if (!problems.isEmpty()) {
      throw AfpException.of(problems);
    }
  }

  private Problem unpublished(TableDef model, TableName table, Optional<Interval> interval) {
    PipelineDef pipeline = definerOf(table).orElseThrow();
    String command = "afp run " + project.nameOf(pipeline.folder());
    String time =
        pipeline
            .interval()
            .map(other -> interval.map(i -> i.in(other).label()).orElse("TIME"))
            .map(label -> " --interval " + label)
            .orElse("");
    return Problem.error(
        ErrorCode.UPSTREAM_MISSING,
        "Cannot fill table %s: it reads %s, which pipeline %s has not published yet"
            .formatted(model.name(), table, pipeline.name()),
        Location.file(model.file()),
        "Run that pipeline first: %s%s".formatted(command, time));
  }
}
