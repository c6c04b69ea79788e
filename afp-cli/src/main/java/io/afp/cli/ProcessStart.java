package io.afp.cli;

import io.afp.agentic.finding.Finding;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.modules.ModuleStructure;
import io.afp.agentic.progress.StatusFiles;
import io.afp.agentic.scaffold.Scaffold;
import io.afp.agentic.scaffold.Survey;
import io.afp.agentic.tree.ProcessTree;
import io.afp.agentic.tree.TextFile;
import io.afp.core.definition.Project;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files with which the process of a project begins.
 *
 * @param root of the project
 * @param drafted whether the scaffold has modules
 */
record ProcessStart(Path root, Scaffold scaffold, boolean drafted) {

  /** Those around the pipeline that was just written. */
  static ProcessStart ofNew(Path root, String name) {
    return new ProcessStart(root, Scaffold.ofNew(Survey.of(new Project(root)), name), true);
  }

  /** Those of a project that is there, with what was found in it. */
  static ProcessStart ofExisting(Path root) {
    Survey survey = Survey.of(new Project(root));
    Scaffold scaffold = Scaffold.ofExisting(survey, survey.name());
    return new ProcessStart(root, scaffold, survey.hasModules());
  }

  /** Why the context that is there already can't be read, where it can't. */
  List<Finding> unreadContext() {
    Path tree = root.resolve(ProcessTree.FOLDER);
    return Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)
        ? ProcessModel.read(root).unreadContext()
        : List.of();
  }

  /** All of them; how far the work is has no text before the others are written. */
  List<NewFile> files() {
    Stream<NewFile> scaffolded =
        scaffold.files().entrySet().stream().map(f -> file(f.getKey(), f.getValue()));
    Stream<NewFile> status = StatusFiles.paths(hasModules()).stream().map(path -> file(path, ""));
    return Stream.concat(scaffolded, status).toList();
  }

  private NewFile file(String place, String text) {
    return new NewFile(root.resolve(place), text);
  }

  private boolean hasModules() {
    return Files.exists(root.resolve(ProcessTree.path(ModuleStructure.PATH)))
        ? !ProcessModel.read(root).structure().names().isEmpty()
        : drafted;
  }

  /**
   * Those that are not there yet.
   *
   * @throws io.afp.core.error.AfpException if one of them can't be written
   */
  List<NewFile> missing() {
    return NewFile.missing(files(), root);
  }

  /** Writes those that are missing, what an upgrade will compare them with, and the status. */
  void write(List<NewFile> missing) {
    for (NewFile file : missing) {
      String place = ProcessTree.name(root, file.path());
      if (scaffold.files().containsKey(place)) {
        file.write();
      }
      if (scaffold.kept().containsKey(place)) {
        TextFile.write(root, Scaffold.base(place), file.text());
      }
    }
    if (!missing.isEmpty()) {
      writeStatus();
    }
  }

  /** It is computed from the files that were written. */
  private void writeStatus() {
    ProcessModel model = ProcessModel.read(root);
    String first = model.structure().names().stream().findFirst().orElse("");
    StatusFiles.of(model, first).entrySet().stream()
        .map(status -> file(status.getKey(), status.getValue()))
        .filter(file -> !file.isThere())
        .forEach(NewFile::write);
  }
}
