package io.afp.core.definition;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Document;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Declares a pipeline in Java, with the words and the rules of the YAML.
 *
 * <p>Nothing is checked before {@code build}, which then reports all problems of all tables at
 * once. Not thread-safe.
 */
public final class PipelineBuilder {

  private final String name;
  private final Map<String, Object> tree = new LinkedHashMap<>();
  private final Map<String, Object> sla = new LinkedHashMap<>();
  private final List<TableBuilder> tables = new ArrayList<>();
  private Path folder = Path.of("");

  PipelineBuilder(String name) {
    this.name = name;
    tree.put("pipeline", name);
  }

  /** What the pipeline is for. */
  public PipelineBuilder description(String description) {
    return put("description", description);
  }

  /** Who answers for the pipeline. */
  public PipelineBuilder owner(String owner) {
    return put("owner", owner);
  }

  /** The slices of time that runs work on, in the zone whose calendar counts. */
  public PipelineBuilder interval(IntervalUnit unit, ZoneId zone) {
    String name = unit.word();
    return put("interval", Map.of("unit", name, "zone", zone.getId()));
  }

  /** When an orchestrator starts a run, as cron has it. */
  public PipelineBuilder schedule(String cron) {
    return put("schedule", cron);
  }

  /** How long after the end of an interval its data may be published; ISO-8601. */
  public PipelineBuilder freshness(String duration) {
    sla.put("freshness", duration);
    return put("sla", sla);
  }

  /** How long a run may take; ISO-8601. */
  public PipelineBuilder duration(String duration) {
    sla.put("duration", duration);
    return put("sla", sla);
  }

  /** Where relative paths of sources start; without this, the working directory. */
  public PipelineBuilder folder(Path folder) {
    this.folder = folder;
    return this;
  }

  /** Adds a table. */
  public PipelineBuilder table(TableBuilder table) {
    tables.add(table);
    return this;
  }

  /**
   * The pipeline. References to tables of other pipelines are not checked.
   *
   * @throws AfpException with all problems
   */
  public PipelineDef build() {
    Problems problems = new Problems();
    List<PipelineAssembly.Part> parts = parts(problems);
    PipelineAssembly assembly =
        new PipelineAssembly(Optional.of(Document.of(tree, name, problems)));
    parts.forEach(assembly::add);
    Path root = folder.toAbsolutePath().normalize();
    Optional<PipelineDef> built = assembly.finish(root, new BuiltTables(parts));
    problems.throwIfErrors();
    return built.orElseThrow();
  }

  private List<PipelineAssembly.Part> parts(Problems problems) {
    List<PipelineAssembly.Part> parts =
        tables.stream().flatMap(table -> table.part(problems).stream()).toList();
    Set<TableName> seen = new HashSet<>();
    parts.stream()
        .map(PipelineAssembly.Part::name)
        .filter(table -> !seen.add(table))
        .forEach(table -> reportTwice(table, problems));
    return parts;
  }

  private static void reportTwice(TableName table, Problems problems) {
    problems.error(
        ErrorCode.DUPLICATE_TABLE,
        "Cannot define table %s: the pipeline defines it twice".formatted(table),
        Location.file(table.toString()),
        "Keep one of the two.");
  }

  private PipelineBuilder put(String key, Object value) {
    tree.put(key, value);
    return this;
  }
}
