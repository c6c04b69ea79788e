package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.progress.ModuleState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All modules, by what the evidence of their tasks says. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows all modules, and how far each is by the evidence of its tasks.")
final class ModuleList implements Callable<Integer> {

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    List<ModuleState> states = ModuleState.all(model);
    ArrayNode data = Output.JSON.createArrayNode();
    states.forEach(state -> ModuleJson.of(state, data.addObject()));
    return options.output("module list").success(text(states), data, List.of());
  }

  private static String text(List<ModuleState> states) {
    if (states.isEmpty()) {
      return "No module yet; they are declared in design/module_structure.yaml";
    }
    TextTable table = new TextTable("module", "layer", "status", "complete", "tasks", "needs");
    for (ModuleState state : states) {
      table.row(
          state.module().name(),
          state.module().layer(),
          state.status().toString(),
          state.completion() + "%",
          Cell.number(state.tasks().size()),
          String.join(", ", state.module().dependsOn()));
    }
    return table.fit("module");
  }
}
