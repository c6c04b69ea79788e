package io.afp.core.definition;

import io.afp.core.error.Problems;
import io.afp.core.yaml.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tables of all pipelines of a project, by their files; what is wrong with other files is not
 * said here.
 */
final class ProjectTables implements KnownTables {

  private final Map<TableName, List<Path>> files = new TreeMap<>();

  private ProjectTables() {}

  /** The tables of a project, and those of pipelines that may lie elsewhere. */
  static ProjectTables of(Project project, List<Path> pipelines) {
    Set<Path> folders = new LinkedHashSet<>(project.pipelines());
    folders.addAll(pipelines);
    ProjectTables tables = new ProjectTables();
    folders.forEach(tables::add);
    return tables;
  }

  private void add(Path pipeline) {
    for (TableFile file : TableFolder.list(pipeline, Path::toString, new Problems())) {
      files.computeIfAbsent(file.name(), name -> new ArrayList<>()).add(file.yaml());
    }
  }

  /** Another file that defines the same table. */
  Optional<Path> other(TableFile file) {
    return files.getOrDefault(file.name(), List.of()).stream()
        .filter(path -> !path.equals(file.yaml()))
        .findFirst();
  }

  @Override
  public Collection<TableName> names() {
    return files.keySet();
  }

  @Override
  public Optional<List<String>> columns(TableName table) {
    return Optional.ofNullable(files.get(table)).map(paths -> columns(paths.get(0)));
  }

  private static List<String> columns(Path file) {
    return Document.load(file, file.toString(), new Problems())
        .map(TableContext::columnNames)
        .orElse(List.of());
  }
}
