package io.afp.cli;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.evidence.TaskWork;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.tasks.Criterion;
import io.afp.agentic.tasks.TaskFile;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.time.Clock;
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
    ProcessModel model = ProcessModel.read(options.project().root());
    TaskFile file = task.of(model);
    TaskState before = model.state(file);
    Findings findings = task.check(model);
    TaskEnd end = new TaskEnd("task verify", options);
    if (findings.hasErrors()) {
      return end.refused(before, findings);
    }
    requireStarted(before);
    TaskWork work = model.work(file, Clock.systemUTC());
    if (accepted != null) {
      return end.done(model, accept(file, work), findings.all());
    }
    return end.done(model, work.verify(findings), findings.all());
  }

  static void requireStarted(TaskState state) {
    if (!state.isStarted() && state.journal().brokenLine() == 0) {
      String id = state.task().id();
      throw new AfpException(
          ErrorCode.NOT_STARTED,
          "Cannot judge the task: nobody has started it (task=%s)".formatted(id),
          "Run `afp task start %s` before the work.".formatted(id));
    }
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
