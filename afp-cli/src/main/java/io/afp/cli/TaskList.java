package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.model.ProcessModel;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** All tasks, by what their evidence says. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows all tasks, and how far each is by its evidence.")
final class TaskList implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "MODULE", description = "Only those of a module.")
  String module;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    List<TaskState> states =
        model.states().stream()
            .filter(s -> module == null || s.task().module().equals(module))
            .toList();
    ArrayNode data = Output.JSON.createArrayNode();
    states.forEach(state -> TaskJson.row(state, data.addObject()));
    return options.output("task list").success(text(states), data, List.of());
  }

  private static String text(List<TaskState> states) {
    if (states.isEmpty()) {
      return "No task yet; `afp task new` writes one";
    }
    TextTable table = new TextTable("task", "status", "proven", "title");
    for (TaskState state : states) {
      table.row(
          state.task().id(),
          state.status().toString(),
          "%d of %d".formatted(state.proven(), state.proofs().size()),
          state.task().title().orElse(""));
    }
    return table.fit("task");
  }
}
