package io.afp.cli;

import io.afp.agentic.tree.ProcessTree;
import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.CheckedSettings;
import io.afp.core.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that mean the same in every command. */
final class CommonOptions {

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The project; else the nearest folder with afp.yaml at or above this one.")
  Path project;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "The environment of afp.yaml; else AFP_ENV.")
  String environment;

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  boolean json;

  /** Takes what was given to the command around this one, as in {@code afp runs --json show ID}. */
  void inherit(CommonOptions outer) {
    project = project == null ? outer.project : project;
    environment = environment == null ? outer.environment : environment;
    json |= outer.json;
  }

  /** The project of the command; without {@code --project}, the one that a folder belongs to. */
  Project project(Path start) {
    return Project.at(project == null ? start : project);
  }

  Project project() {
    return project(Path.of(""));
  }

  /**
   * Where the process is: the nearest folder with its documents or with settings; an example of a
   * project may have a process of its own.
   */
  Path processRoot() {
    return Project.nearest(
            project == null ? Path.of("") : project,
            each ->
                Files.isDirectory(each.root().resolve(ProcessTree.FOLDER))
                    || Files.isRegularFile(each.settingsFile()))
        .root();
  }

  /**
   * The project of a command that asks what was done: it makes none.
   *
   * @throws AfpException NO_PROJECT if there is none
   */
  Project existingProject() {
    Project found = project();
    if (!found.exists()) {
      throw new AfpException(
          ErrorCode.NO_PROJECT,
          "Cannot find the project: there is no afp.yaml in the folder or above it (folder=%s)"
              .formatted(found.root()),
          "Go to the folder of a project, name it by --project DIR, or make one by `afp init`.");
    }
    return found;
  }

  Optional<String> environment() {
    return Optional.ofNullable(environment).or(() -> Optional.ofNullable(System.getenv("AFP_ENV")));
  }

  Settings settings(Project of) {
    return Settings.load(of, environment(), System.getenv());
  }

  /** Also where values can't be used. */
  CheckedSettings checkedSettings(Project of) {
    return Settings.check(of, environment(), System.getenv());
  }

  Output output(String command) {
    return new Output(command, json);
  }
}
