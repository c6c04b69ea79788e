package io.afp.cli;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.progress.StatusFiles;
import io.afp.agentic.tree.TextFile;
import io.afp.core.error.Category;
import java.util.List;
import java.util.Set;

/** How a command ends that does something with a task. */
final class TaskEnd {

  /** What would be dangerous to run. */
  private static final Set<Code> REFUSED = Set.of(Code.TSK011, Code.TSK012);

  private final String command;
  private final CommonOptions options;

  TaskEnd(String command, CommonOptions options) {
    this.command = command;
    this.options = options;
  }

  /** Nothing was done, for what is wrong with the task as it is written. */
  int refused(TaskState state, Findings findings) {
    boolean dangerous = findings.all().stream().map(Finding::code).anyMatch(REFUSED::contains);
    Category category = dangerous ? Category.PERMISSION : Category.DATA;
    return output()
        .findings(category.exitCode(), "Nothing was done", TaskJson.of(state), findings.all());
  }

  /** Something was done: the status files say so too. */
  int done(ProcessModel before, TaskState state, List<Finding> findings) {
    ProcessModel now = ProcessModel.read(before.tree().root());
    StatusFiles.of(now, state.task().module())
        .forEach((path, text) -> TextFile.write(now.tree().root(), path, text));
    return output().findings(TaskText.of(state), TaskJson.of(state), findings);
  }

  private Output output() {
    return options.output(command);
  }
}
