package io.afp.cli;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.model.ProcessModel;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A task, by what its evidence says. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a task: its files, its criteria, and the end of what commands said.")
final class TaskShow implements Callable<Integer> {

  @Mixin TaskOption task;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    TaskState state = model.state(task.of(model));
    return options.output("task show").success(TaskText.of(state), TaskJson.of(state), List.of());
  }
}
