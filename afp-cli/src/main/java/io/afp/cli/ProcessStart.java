package io.afp.cli;

import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.modules.ModuleStructure;
import io.afp.agentic.progress.StatusFiles;
import io.afp.agentic.scaffold.Scaffold;
import io.afp.agentic.scaffold.Survey;
import io.afp.agentic.tree.TextFile;
import io.afp.core.definition.Project;
import java.nio.file.Path;
import java.util.List;

/**
 * The files with which the process of a project begins.
 *
 * @param root of the project
 */
record ProcessStart(Path root, Scaffold scaffold) {

  /** Those around the pipeline that was just written. */
  static ProcessStart ofNew(Path root, String name) {
    return new ProcessStart(root, Scaffold.ofNew(Survey.of(new Project(root)), name));
  }

  /** Those of a project that is there, with what was found in it. */
  static ProcessStart ofExisting(Path root) {
    Survey survey = Survey.of(new Project(root));
    return new ProcessStart(root, Scaffold.ofExisting(survey, survey.name()));
  }

  /** All of them. */
  List<NewFile> files() {
    return scaffold.files().entrySet().stream()
        .map(file -> new NewFile(root.resolve(file.getKey()), file.getValue()))
        .toList();
  }

  /**
   * Those that are not there yet.
   *
   * @throws io.afp.core.error.AfpException if one of them can't be written
   */
  List<NewFile> missing() {
    List<NewFile> missing = files().stream().filter(file -> !file.isThere()).toList();
    missing.forEach(NewFile::requireWritable);
    return missing;
  }

  /** Writes some of them, what an upgrade will compare them with, and how far the work is. */
  void write(List<NewFile> missing) {
    for (NewFile file : missing) {
      file.write();
      String place = root.relativize(file.path()).toString().replace('\\', '/');
      if (scaffold.kept().containsKey(place)) {
        TextFile.write(root, Scaffold.base(place), file.text());
      }
    }
    if (!missing.isEmpty()) {
      ProcessModel model = ProcessModel.read(root);
      StatusFiles.write(model, first(model.structure()));
    }
  }

  private static String first(ModuleStructure structure) {
    return structure.names().stream().findFirst().orElse("");
  }
}
