package io.afp.cli;

import io.afp.agentic.finding.Finding;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.modules.Module;
import io.afp.agentic.progress.ModuleClosure;
import io.afp.agentic.progress.ModuleState;
import io.afp.agentic.progress.StatusFiles;
import io.afp.agentic.tree.TextFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a module. */
@Command(
    name = "close",
    mixinStandardHelpOptions = true,
    description = {
      "Closes a module: its tasks are closed, its deliverables are there, the changelog names it.",
      "Writes the status files, and which module comes next."
    })
final class ModuleClose implements Callable<Integer> {

  @Mixin ModuleOption module;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    Module closed = module.of(model);
    List<Finding> findings = ModuleClosure.check(model, closed);
    boolean refused = findings.stream().anyMatch(Finding::isError);
    ModuleState state = ModuleState.of(refused ? model : close(model, closed), closed);
    return options
        .output("module close")
        .findings(
            ModuleShow.text(state), ModuleJson.of(state, Output.JSON.createObjectNode()), findings);
  }

  /** Closes it, and gives the project as it is then. */
  private static ProcessModel close(ProcessModel model, Module closed) {
    Path root = model.tree().root();
    ModuleClosure.files(model, closed, Clock.systemDefaultZone())
        .forEach((path, text) -> TextFile.write(root, path, text));
    ProcessModel now = ProcessModel.read(root);
    StatusFiles.write(now, closed.name());
    return now;
  }
}
