package io.afp.cli;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.tasks.TaskFile;
import java.time.Clock;
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
    ProcessModel model = ProcessModel.read(options.project().root());
    TaskFile file = task.of(model);
    TaskState before = model.state(file);
    Findings findings = task.check(model);
    TaskEnd end = new TaskEnd("task close", options);
    if (findings.hasErrors()) {
      return end.refused(before, findings);
    }
    TaskVerify.requireStarted(before);
    return end.done(model, model.work(file, Clock.systemUTC()).close(findings), findings.all());
  }
}
