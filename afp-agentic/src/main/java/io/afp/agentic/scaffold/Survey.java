package io.afp.agentic.scaffold;

import io.afp.agentic.modules.Reactor;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.settings.Build;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is there of a project: its pipelines and tables by their definitions, its modules and
 * versions by {@code pom.xml}. Nothing is run.
 *
 * @param root of the project
 * @param build what the build says, where there is one
 */
public record Survey(Path root, List<PipelineDef> pipelines, Optional<Reactor> build) {

  /**
   * That of a project.
   *
   * @throws io.afp.core.error.AfpException with all problems, if a pipeline can't be read: what is
   *     left out would look as if it were gone
   */
  public static Survey of(Project project) {
    return new Survey(project.root(), project.check().orThrow(), Reactor.read(project.root()));
  }

  /** The name of the project: that of its only pipeline, else that of its folder. */
  public String name() {
    return pipelines.size() == 1
        ? pipelines.get(0).name()
        : root.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** The version of a tool of the build, else that of AFP. */
  String version(String tool) {
    Build afp = Build.read();
    return build
        .flatMap(pom -> pom.version(tool))
        .orElse(tool.equals("spark") ? afp.spark() : afp.iceberg());
  }

  /** Whether there is something that can be a module. */
  public boolean hasModules() {
    return !pipelines.isEmpty() || !codeModules().isEmpty();
  }

  /** The modules of the build, without those that have the name of a pipeline. */
  List<String> codeModules() {
    Set<String> taken = pipelines.stream().map(PipelineDef::name).collect(Collectors.toSet());
    return build.map(Reactor::modules).orElse(Set.of()).stream()
        .filter(module -> !taken.contains(id(module)))
        .sorted()
        .toList();
  }

  /** The name of a module of the build as one of the process. */
  static String id(String module) {
    return module
        .substring(module.lastIndexOf('/') + 1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9_-]", "-");
  }

  /** All tables. */
  public List<TableDef> tables() {
    return pipelines.stream().flatMap(p -> p.tables().stream()).toList();
  }

  /** The tables that each table reads by its query; looking for them takes some time. */
  Map<TableName, List<TableName>> reads() {
    Set<TableName> names = tables().stream().map(TableDef::name).collect(Collectors.toSet());
    Map<TableName, List<TableName>> reads = new HashMap<>();
    for (TableDef table : tables()) {
      List<TableName> named = table.query().map(q -> q.named(names)).orElse(List.of());
      reads.put(table.name(), named.stream().filter(n -> !n.equals(table.name())).toList());
    }
    return reads;
  }

  /** A path from the root of the project; a dot for the root itself. */
  String place(Path path) {
    String place = ProcessTree.name(root, path.toAbsolutePath().normalize());
    return place.isEmpty() ? "." : place;
  }
}
