package io.afp.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Begins a task. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {
      "Begins a task: writes down the files and tests as they are before the work.",
      "A task that was started is left as it is."
    })
final class TaskStart implements Callable<Integer> {

  @Mixin TaskOption task;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    return new TaskEnd("task start", options).of(task, (file, work, findings) -> work.start());
  }
}
