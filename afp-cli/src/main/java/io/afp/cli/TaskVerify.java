package io.afp.cli;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.evidence.TaskWork;
import io.afp.agentic.tasks.Criterion;
import io.afp.agentic.tasks.TaskFile;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs what judges a task, and ticks what is proven. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the commands of all criteria that are not proven, and ticks those that are.",
      "Without a shell, only commands that the context allows, within its limits."
    })
final class TaskVerify implements Callable<Integer> {

  @Mixin TaskOption task;

  @Option(
      names = "--accept",
      paramLabel = "CRITERION",
      description = "Accepts a criterion that a person judges; asks at the terminal for a name.")
  String accepted;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    return new TaskEnd("task verify", options)
        .ofStarted(
            task,
            (file, work, findings) ->
                accepted == null ? work.verify(findings) : accept(file, work));
  }

  private TaskState accept(TaskFile file, TaskWork work) {
    Criterion criterion =
        file.criteria().stream()
            .filter(c -> c.id().equals(accepted) && c.manual().isPresent())
            .findFirst()
            .orElseThrow(
                () ->
                    new AfpException(
                        ErrorCode.USAGE,
                        "Cannot accept %s: it is no criterion with `manual:`".formatted(accepted),
                        "`afp task show %s` shows all.".formatted(file.id())));
    return work.accept(
        criterion, Persons.require("accept %s of %s".formatted(accepted, file.id())));
  }
}
