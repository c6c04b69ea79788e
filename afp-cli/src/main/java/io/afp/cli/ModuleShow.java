package io.afp.cli;

import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.progress.ModuleState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A module with its tasks. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a module: what it is for, what it needs, how far its tasks are.")
final class ModuleShow implements Callable<Integer> {

  @Mixin ModuleOption module;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    ModuleState state = ModuleState.of(model, module.of(model));
    return options
        .output("module show")
        .success(text(state), ModuleJson.of(state, Output.JSON.createObjectNode()), List.of());
  }

  static String text(ModuleState state) {
    TextTable table = new TextTable("task", "status", "proven");
    state
        .tasks()
        .forEach(
            task ->
                table.row(
                    task.task().id(),
                    task.status().toString(),
                    "%d of %d".formatted(task.proven(), task.proofs().size())));
    return "%s: %s\n%s, layer %s, %d%% of the criteria proven, needs %s\n\n%s"
        .formatted(
            state.module().name(),
            state.module().purpose(),
            state.status(),
            state.module().layer(),
            state.completion(),
            Cell.list(state.module().dependsOn()),
            table.fit("task"));
  }
}
