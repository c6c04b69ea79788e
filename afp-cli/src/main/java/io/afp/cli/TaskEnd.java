package io.afp.cli;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.evidence.TaskWork;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.progress.StatusFiles;
import io.afp.agentic.tasks.TaskFile;
import io.afp.core.error.AfpException;
import io.afp.core.error.Category;
import io.afp.core.error.ErrorCode;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** How a command goes that does something with a task. */
final class TaskEnd {

  /** What would be dangerous to run. */
  private static final Set<Code> REFUSED = Set.of(Code.TSK011, Code.TSK012);

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
    ProcessModel model = ProcessModel.read(options.processRoot());
    TaskFile file = task.of(model);
    Findings findings = model.check(file);
    if (findings.hasErrors()) {
      return refused(model.state(file), findings);
    }
    TaskState state = deed.on(file, model.work(file, Clock.systemUTC()), findings);
    return done(model, state, findings.all());
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

  /** Nothing was done. */
  private int refused(TaskState state, Findings findings) {
    return output()
        .findings(
            refusal(findings).exitCode(), "Nothing was done", TaskJson.of(state), findings.all());
  }

  /** What kind of failure stands against a task. */
  static Category refusal(Findings findings) {
    boolean dangerous = findings.all().stream().map(Finding::code).anyMatch(REFUSED::contains);
    return dangerous ? Category.PERMISSION : Category.DATA;
  }

  /** Something was done: the status files say so too. */
  private int done(ProcessModel before, TaskState state, List<Finding> findings) {
    StatusFiles.write(ProcessModel.read(before.tree().root()), state.task().module());
    return output().findings(TaskText.of(state), TaskJson.of(state), findings);
  }

  private Output output() {
    return options.output(command);
  }
}
