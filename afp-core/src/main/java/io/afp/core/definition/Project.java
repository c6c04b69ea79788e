package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A folder with pipelines and one set of settings.
 *
 * @param root absolute and normalised
 */
public record Project(Path root) {

  /** The file that makes a folder a pipeline. */
  public static final String PIPELINE_FILE = "pipeline.yaml";

  private static final String SETTINGS_FILE = "afp.yaml";

  public Project {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * The nearest folder with {@code afp.yaml} at or above this one; without such a file, this folder
   * itself.
   */
  public static Project at(Path start) {
    return nearest(start, each -> Files.isRegularFile(each.settingsFile()));
  }

  /** The nearest folder at or above this one that is such a project; else this folder itself. */
  public static Project nearest(Path start, Predicate<Project> wanted) {
    Project folder = new Project(start);
    for (Path each = folder.root; each != null; each = each.getParent()) {
      Project project = new Project(each);
      if (wanted.test(project)) {
        return project;
      }
    }
    return folder;
  }

  /** Where the settings are, whether the file is there or not. */
  public Path settingsFile() {
    return root.resolve(SETTINGS_FILE);
  }

  /** Whether it is one by its settings, or because something has run in it. */
  public boolean exists() {
    return Files.isRegularFile(settingsFile()) || Files.isDirectory(home());
  }

  /** The folder for what AFP keeps beside the project. */
  public Path home() {
    return root.resolve(".afp");
  }

  /**
   * The folders below the root that hold a {@code pipeline.yaml}, in the order of their paths;
   * those of a project further down are not of this one.
   */
  public List<Path> pipelines() {
    PipelineFinder finder = new PipelineFinder(this);
    try {
      Files.walkFileTree(root, finder);
    } catch (IOException e) {
      return List.of(); // the finder skips what it can't read, so this is a root that is not there
    }
    return finder.found();
  }

  /**
   * The tables that the pipelines of the project define, each with the folder of its pipeline: by
   * their files, whatever is in them.
   */
  public Map<TableName, Path> tables() {
    Map<TableName, Path> tables = new TreeMap<>();
    for (Path folder : pipelines()) {
      TableFolder.list(folder, Path::toString, new Problems())
          .forEach(file -> tables.putIfAbsent(file.name(), folder));
    }
    return tables;
  }

  /**
   * A path as a user would name it: from the working directory, if that lies in the project or the
   * other way round; else from the root.
   */
  public String nameOf(Path path) {
    Path here = Path.of("").toAbsolutePath().normalize();
    boolean related = root.startsWith(here) || here.startsWith(root);
    Path absolute = path.toAbsolutePath().normalize();
    return (related ? here : root).relativize(absolute).toString();
  }

  /** The pipelines of this project, with everything that is wrong with them, warnings too. */
  public CheckedProject check() {
    return check(pipelines());
  }

  /** The pipelines in these folders, with everything that is wrong with them, warnings too. */
  public CheckedProject check(List<Path> pipelines) {
    List<Path> folders =
        pipelines.stream().map(f -> f.toAbsolutePath().normalize()).distinct().toList();
    ProjectTables known = ProjectTables.of(this, folders);
    List<CheckedPipeline> checked = new ArrayList<>();
    Problems problems = new Problems();
    for (Path folder : folders) {
      CheckedPipeline pipeline = PipelineReader.check(this, folder, known);
      checked.add(pipeline);
      problems.addAll(pipeline.problems());
    }
    checkNames(checked.stream().flatMap(p -> p.definition().stream()).toList(), problems);
    return new CheckedProject(checked, problems.all());
  }

  /** A key in the file of a pipeline. */
  public Location placeOf(PipelineDef pipeline, String key) {
    return new Location(nameOf(pipeline.folder().resolve(PIPELINE_FILE)), 0, key);
  }

  private void checkNames(List<PipelineDef> pipelines, Problems problems) {
    Map<String, PipelineDef> seen = new HashMap<>();
    for (PipelineDef pipeline : pipelines) {
      Optional.ofNullable(seen.putIfAbsent(pipeline.name(), pipeline))
          .ifPresent(first -> reportName(first, pipeline, problems));
    }
  }

  private void reportName(PipelineDef first, PipelineDef second, Problems problems) {
    String other = nameOf(first.folder().resolve(PIPELINE_FILE));
    problems.error(
        ErrorCode.DUPLICATE_NAME,
        "Cannot use pipeline name %s: %s has it too".formatted(second.name(), other),
        placeOf(second, "pipeline"),
        "Give this pipeline a name of its own.");
  }
}
