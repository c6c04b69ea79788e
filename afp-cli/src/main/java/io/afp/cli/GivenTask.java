package io.afp.cli;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.evidence.TaskWork;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.progress.StatusFiles;
import io.afp.agentic.tasks.TaskFile;
import io.afp.core.error.Category;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

/**
 * The task with which a command does something, as it is before that.
 *
 * @param model of the process around it
 */
record GivenTask(ProcessModel model, TaskFile file) {

  /** What would be dangerous to run. */
  private static final Set<Code> DANGEROUS = Set.of(Code.TSK011, Code.TSK012);

  static GivenTask of(TaskOption task, CommonOptions options) {
    ProcessModel model = ProcessModel.read(options.processRoot());
    return new GivenTask(model, task.of(model));
  }

  Path root() {
    return model.tree().root();
  }

  TaskState state() {
    return model.state(file);
  }

  TaskWork work() {
    return model.work(file, Clock.systemUTC());
  }

  /** What stands against working on it. */
  Findings check() {
    return model.check(file);
  }

  /** How a command ends that has done nothing because of what stands against it. */
  static Category refusal(Findings findings) {
    boolean dangerous = findings.all().stream().map(Finding::code).anyMatch(DANGEROUS::contains);
    return dangerous ? Category.PERMISSION : Category.DATA;
  }

  /** Something was done: the status files say so too. */
  void writeStatus() {
    StatusFiles.write(ProcessModel.read(root()), file.module());
  }
}
