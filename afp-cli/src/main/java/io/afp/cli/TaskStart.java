package io.afp.cli;

import io.afp.agentic.journal.Person;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins a task. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {
      "Begins a task: writes down the files and tests as they are before the work.",
      "A task that was started is left as it is, but for --again."
    })
final class TaskStart implements Callable<Integer> {

  @Mixin TaskOption task;

  @Option(
      names = "--again",
      description = {
        "Begins anew with tests and criteria as they are now, and forgets what was proven.",
        "Asks a person at the terminal for a name."
      })
  boolean again;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    return new TaskEnd("task start", options)
        .of(task, (file, work, findings) -> again ? work.startAgain(person()) : work.start());
  }

  private Person person() {
    return Persons.require("begin %s anew".formatted(task.id));
  }
}
