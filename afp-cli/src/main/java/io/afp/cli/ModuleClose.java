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
    ProcessModel model = ProcessModel.read(options.project().root());
    Module closed = module.of(model);
    List<Finding> findings = ModuleClosure.check(model, closed);
    if (findings.stream().noneMatch(Finding::isError)) {
      close(model, closed);
    }
    ProcessModel now = ProcessModel.read(model.tree().root());
    ModuleState state = ModuleState.of(now, closed);
    return options
        .output("module close")
        .findings(
            ModuleShow.text(state), ModuleJson.of(state, Output.JSON.createObjectNode()), findings);
  }

  private static void close(ProcessModel model, Module closed) {
    Path root = model.tree().root();
    ModuleClosure.files(model, closed, Clock.systemDefaultZone())
        .forEach((path, text) -> TextFile.write(root, path, text));
    StatusFiles.of(ProcessModel.read(root), closed.name())
        .forEach((path, text) -> TextFile.write(root, path, text));
  }
}
