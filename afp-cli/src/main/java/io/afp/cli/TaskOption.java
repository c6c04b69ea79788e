package io.afp.cli;

import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.tasks.TaskFile;
import picocli.CommandLine.Parameters;

/** Which task. */
final class TaskOption {

  @Parameters(index = "0", paramLabel = "TASK", description = "The task, as module/feature.")
  String id;

  TaskFile of(ProcessModel model) {
    return model.task(id);
  }
}
