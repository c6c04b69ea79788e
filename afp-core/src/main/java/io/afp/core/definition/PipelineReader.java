package io.afp.core.definition;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Document;
import io.afp.core.yaml.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the folder of a pipeline and holds it against the rules of the language.
 *
 * <p>Nothing is reported one at a time: all problems of all files come together, each with file,
 * line, YAML path and fix. SQL is read but not parsed.
 */
public final class PipelineReader {

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem p) -> p.location().file())
          .thenComparing(p -> p.location().line());

  private final Project project;
  private final Path folder;
  private final Problems problems = new Problems();

  private PipelineReader(Project project, Path folder) {
    this.project = project;
    this.folder = folder;
  }

  /**
   * The pipeline in a folder of the project that the folder belongs to.
   *
   * @throws AfpException with all problems, if one of them is an error
   */
  public static PipelineDef read(Path folder) {
    return check(folder).orThrow();
  }

  /**
   * The pipeline in a folder of a project.
   *
   * @throws AfpException with all problems, if one of them is an error
   */
  public static PipelineDef read(Project project, Path folder) {
    return check(project, folder).orThrow();
  }

  /**
   * The pipeline in a folder, with everything that is wrong with it, in the project that the folder
   * belongs to.
   */
  public static CheckedPipeline check(Path folder) {
    return check(Project.at(folder), folder);
  }

  /** The pipeline in a folder of a project, with everything that is wrong with it. */
  public static CheckedPipeline check(Project project, Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    return check(project, absolute, ProjectTables.of(project, List.of(absolute)));
  }

  /**
   * The interval of the pipeline in a folder, whatever its tables say; empty where it has none, or
   * where its file can't be read.
   */
  public static Optional<IntervalDef> calendar(Path folder) {
    Path file = folder.resolve(Project.PIPELINE_FILE);
    return Document.load(file, file.toString(), new Problems())
        .flatMap(PipelineShape.SHAPE::read)
        .flatMap(PipelineShape.Draft::interval);
  }

  /** The same, for one who knows the tables of the project already. */
  static CheckedPipeline check(Project project, Path folder, ProjectTables known) {
    return new PipelineReader(project, folder).check(known);
  }

  private CheckedPipeline check(ProjectTables known) {
    Path file = folder.resolve(Project.PIPELINE_FILE);
    if (!Files.isRegularFile(file)) {
      reportNoPipeline();
      return new CheckedPipeline(Optional.empty(), problems.all());
    }
    Optional<Value> root = Document.load(file, project.nameOf(file), problems);
    PipelineAssembly assembly = new PipelineAssembly(root);
    for (TableFile table : tables()) {
      checkOwner(table, known);
      read(table, assembly);
    }
    Optional<PipelineDef> definition = assembly.finish(folder, known);
    List<Problem> sorted = problems.all().stream().sorted(BY_PLACE).toList();
    return new CheckedPipeline(definition.filter(d -> !problems.hasErrors()), sorted);
  }

  private List<TableFile> tables() {
    List<TableFile> tables = TableFolder.list(folder, project::nameOf, problems);
    if (tables.isEmpty() && !problems.hasErrors()) {
      problems.error(
          ErrorCode.MISSING_FILE,
          "Cannot read pipeline %s: it has no table".formatted(project.nameOf(folder)),
          Location.file(project.nameOf(folder)),
          "Add tables/<namespace>/<name>.yaml.");
    }
    return tables;
  }

  private void checkOwner(TableFile table, ProjectTables known) {
    known
        .other(table)
        .ifPresent(
            other ->
                problems.error(
                    ErrorCode.DUPLICATE_TABLE,
                    "Cannot define table %s: another pipeline defines it (file=%s)"
                        .formatted(table.name(), project.nameOf(other)),
                    new Location(project.nameOf(table.yaml()), 1, ""),
                    "Keep one of the two; two pipelines never write one table."));
  }

  private void read(TableFile table, PipelineAssembly assembly) {
    String name = project.nameOf(table.yaml());
    Optional<ModelDef> model = table.sql().flatMap(this::readSql);
    Document.load(table.yaml(), name, problems)
        .ifPresent(
            root -> assembly.add(new PipelineAssembly.Part(table.name(), name, root, model)));
  }

  private Optional<ModelDef> readSql(Path sql) {
    String name = project.nameOf(sql);
    try {
      return Optional.of(new ModelDef.Query(name, Files.readString(sql)));
    } catch (IOException e) {
      problems.error(
          ErrorCode.MISSING_FILE,
          "Cannot read %s: it is not readable text in UTF-8".formatted(name),
          Location.file(name),
          "Make the file readable and save it as UTF-8.");
      return Optional.empty();
    }
  }

  private void reportNoPipeline() {
    String name = project.nameOf(folder);
    problems.error(
        ErrorCode.NO_PIPELINE,
        "Cannot read a pipeline: there is no %s (folder=%s)"
            .formatted(Project.PIPELINE_FILE, name.isEmpty() ? "." : name),
        Location.file(name),
        "Name a folder that holds a %s.".formatted(Project.PIPELINE_FILE));
  }
}
