package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
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

/**
 * A folder with pipelines and one set of settings.
 *
 * @param root absolute and normalised
 */
public record Project(Path root) {

  static final String PIPELINE_FILE = "pipeline.yaml";
  private static final String SETTINGS_FILE = "afp.yaml";

  public Project {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * The nearest folder with {@code afp.yaml} at or above this one; without such a file, this folder
   * itself.
   */
  public static Project at(Path start) {
    Path folder = start.toAbsolutePath().normalize();
    for (Path each = folder; each != null; each = each.getParent()) {
      if (Files.isRegularFile(each.resolve(SETTINGS_FILE))) {
        return new Project(each);
      }
    }
    return new Project(folder);
  }

  /** Where the settings are, whether the file is there or not. */
  public Path settingsFile() {
    return root.resolve(SETTINGS_FILE);
  }

  /** The folder for what AFP keeps beside the project. */
  public Path home() {
    return root.resolve(".afp");
  }

  /** The folders below the root that hold a {@code pipeline.yaml}, in the order of their paths. */
  public List<Path> pipelines() {
    PipelineFinder finder = new PipelineFinder();
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

  /** Everything that is wrong with the pipelines of this project, warnings too. */
  public List<Problem> check() {
    Problems problems = new Problems();
    List<PipelineDef> pipelines = new ArrayList<>();
    for (Path folder : pipelines()) {
      CheckedPipeline checked = PipelineReader.check(this, folder);
      problems.addAll(checked.problems());
      checked.definition().ifPresent(pipelines::add);
    }
    checkNames(pipelines, problems);
    return problems.all();
  }

  private void checkNames(List<PipelineDef> pipelines, Problems problems) {
    Map<String, PipelineDef> seen = new HashMap<>();
    for (PipelineDef pipeline : pipelines) {
      Optional.ofNullable(seen.putIfAbsent(pipeline.name(), pipeline))
          .ifPresent(first -> reportName(first, pipeline, problems));
    }
  }

  private void reportName(PipelineDef first, PipelineDef second, Problems problems) {
    String file = nameOf(second.folder().resolve(PIPELINE_FILE));
    String other = nameOf(first.folder().resolve(PIPELINE_FILE));
    problems.error(
        ErrorCode.DUPLICATE_NAME,
        "Cannot use pipeline name %s: %s has it too".formatted(second.name(), other),
        new Location(file, 0, "pipeline"),
        "Give this pipeline a name of its own.");
  }
}
