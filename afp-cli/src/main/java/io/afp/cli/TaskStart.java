package io.afp.cli;

import io.afp.agentic.finding.Findings;
import io.afp.agentic.model.ProcessModel;
import java.time.Clock;
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
    ProcessModel model = ProcessModel.read(options.project().root());
    Findings findings = task.check(model);
    TaskEnd end = new TaskEnd("task start", options);
    return findings.hasErrors()
        ? end.refused(model.state(task.of(model)), findings)
        : end.done(model, model.work(task.of(model), Clock.systemUTC()).start(), findings.all());
  }
}
