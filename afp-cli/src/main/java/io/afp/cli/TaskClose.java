package io.afp.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a task. */
@Command(
    name = "close",
    mixinStandardHelpOptions = true,
    description = {
      "Closes a task of which all is proven.",
      "Believes no evidence: runs the commands of all criteria once more."
    })
final class TaskClose implements Callable<Integer> {

  @Mixin TaskOption task;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    return new TaskEnd("task close", options)
        .ofStarted(task, (file, work, findings) -> work.close(findings));
  }
}
