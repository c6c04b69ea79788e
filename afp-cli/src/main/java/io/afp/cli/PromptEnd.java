package io.afp.cli;

import io.afp.agentic.finding.Findings;
import io.afp.agentic.prompt.Outcome.Status;
import io.afp.agentic.prompt.Prompt;
import io.afp.agentic.prompt.PromptLog;
import io.afp.agentic.prompt.PromptWork;
import io.afp.agentic.prompt.PromptWork.Recorded;
import io.afp.agentic.tasks.TaskStatus;
import io.afp.core.error.AfpException;
import io.afp.core.error.Category;
import io.afp.core.error.ErrorCode;
import java.time.Clock;

/** How a command goes that writes a record of a prompt. */
final class PromptEnd {

  /** What is done with a prompt. */
  interface Deed {

    Recorded on(PromptWork work, Prompt prompt, Findings findings);
  }

  private final String command;
  private final CommonOptions options;

  PromptEnd(String command, CommonOptions options) {
    this.command = command;
    this.options = options;
  }

  /**
   * Begins the task, if nobody has, and does something with its prompt; else says what is wrong.
   *
   * @throws AfpException USAGE if the task is closed
   */
  int of(TaskOption task, PromptOptions made, Deed deed) {
    GivenTask given = GivenTask.of(task, options);
    requireOpen(given);
    Findings findings = given.check();
    PromptLog.read(given.root()).check(findings);
    if (findings.hasErrors()) {
      return options
          .output(command)
          .findings(
              GivenTask.refusal(findings).exitCode(),
              "Nothing was done",
              Output.JSON.nullNode(),
              findings.all());
    }
    given.work().start();
    Prompt prompt = made.build(given.model().tree(), given.file());
    PromptWork work = new PromptWork(given.root(), given.file(), Clock.systemUTC());
    Recorded recorded = deed.on(work, prompt, findings);
    given.writeStatus();
    boolean good = recorded.outcome().status() == Status.SUCCESS && !findings.hasErrors();
    return options
        .output(command)
        .findings(
            good ? 0 : Category.DATA.exitCode(),
            PromptJson.text(recorded),
            PromptJson.of(recorded),
            findings.all());
  }

  /** What was closed is judged no more, so nothing would be said of the work. */
  private static void requireOpen(GivenTask given) {
    if (given.state().status() == TaskStatus.CLOSED) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot work on a closed task (task=%s)".formatted(given.file().id()),
          "Make a new one by `afp task new`, or begin it again by `afp task start --again %s`."
              .formatted(given.file().id()));
    }
  }
}
