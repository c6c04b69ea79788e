package io.afp.cli;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.evidence.TaskWork;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tasks.TaskFile;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;

/** How a command goes that does something with a task. */
final class TaskEnd {

  /** What is done with a task. */
  interface Deed {

    /** Does it, and gives the state after it; what stands against it goes to the findings. */
    TaskState on(TaskFile file, TaskWork work, Findings findings);
  }

  private final String command;
  private final CommonOptions options;

  TaskEnd(String command, CommonOptions options) {
    this.command = command;
    this.options = options;
  }

  /** Does something with a task, unless something is wrong with it as it is written. */
  int of(TaskOption task, Deed deed) {
    GivenTask given = GivenTask.of(task, options);
    Findings findings = given.check();
    if (findings.hasErrors()) {
      int exit = GivenTask.refusal(findings).exitCode();
      return output()
          .findings(exit, "Nothing was done", TaskJson.of(given.state()), findings.all());
    }
    TaskState state = deed.on(given.file(), given.work(), findings);
    given.writeStatus();
    return output().findings(TaskText.of(state), TaskJson.of(state), findings.all());
  }

  /**
   * The same, with a task that somebody has started.
   *
   * @throws AfpException NOT_STARTED if nobody has
   */
  int ofStarted(TaskOption task, Deed deed) {
    return of(
        task,
        (file, work, findings) -> {
          requireStarted(file, work);
          return deed.on(file, work, findings);
        });
  }

  private static void requireStarted(TaskFile file, TaskWork work) {
    if (!work.isStarted()) {
      throw new AfpException(
          ErrorCode.NOT_STARTED,
          "Cannot judge the task: nobody has started it (task=%s)".formatted(file.id()),
          "Run `afp task start %s` before the work.".formatted(file.id()));
    }
  }

  private Output output() {
    return options.output(command);
  }
}
