package io.afp.cli;

import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.prompt.AgentCall;
import io.afp.agentic.prompt.Prompt;
import io.afp.agentic.tasks.VerifyCommand;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets an agent work on a task. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Gives the prompt of a task to an agent, verifies the work, and writes down what came of it.",
      "The agent is `claude -p`, or any command that reads a prompt from its standard input."
    })
final class PromptRun implements Callable<Integer> {

  @Mixin TaskOption task;

  @Mixin PromptOptions made;

  @Option(
      names = "--agent",
      paramLabel = "COMMAND",
      description = "Another agent, as one word for a shell: its command with its arguments.")
  String agent;

  @Option(names = "--model", paramLabel = "MODEL", description = "The model that answers.")
  String model;

  @Option(names = "--max-turns", paramLabel = "N", description = "How many turns it may take.")
  Integer turns;

  @Option(
      names = "--max-budget-usd",
      paramLabel = "USD",
      description = "What it may cost, in US dollars, by its own account.")
  Double budget;

  @Option(
      names = "--time-limit",
      paramLabel = "DURATION",
      defaultValue = "PT30M",
      description = "How long it may take (default: ${DEFAULT-VALUE}); then it is ended.")
  Duration timeLimit;

  @Mixin DryRunOption dryRun;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    AgentCall call = agentCall();
    if (dryRun.dryRun) {
      return show(call);
    }
    return new PromptEnd("prompt run", options)
        .of(
            task,
            made,
            (work, prompt, findings) -> work.run(prompt, made.refinement(), call, findings));
  }

  private int show(AgentCall call) {
    ProcessModel read = ProcessModel.read(options.processRoot());
    Prompt prompt = made.build(read.tree(), task.of(read));
    String text =
        "%s\n\nIt would go to: %s".formatted(prompt.text(), String.join(" ", call.words()));
    return options.output("prompt run").success(text, PromptJson.of(prompt), List.of());
  }

  private AgentCall agentCall() {
    requireSense();
    OptionalDouble most = budget == null ? OptionalDouble.empty() : OptionalDouble.of(budget);
    if (agent == null) {
      OptionalInt mostTurns = turns == null ? OptionalInt.empty() : OptionalInt.of(turns);
      return AgentCall.claude(model == null ? "" : model, mostTurns, most, timeLimit);
    }
    try {
      return AgentCall.command(VerifyCommand.parse(agent).words(), most, timeLimit);
    } catch (IllegalArgumentException e) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot call the agent: %s (agent=%s)".formatted(e.getMessage(), agent),
          "Write a program with its arguments; put what needs a shell into a script.",
          e);
    }
  }

  private void requireSense() {
    if (agent != null && (model != null || turns != null)) {
      throw usage(
          "--model and --max-turns are for claude, and --agent is another",
          "Write them into --agent, in the words of that agent.");
    }
    if (turns != null && turns < 1) {
      throw usage("--max-turns is %d".formatted(turns), "Give it at least one.");
    }
    if (budget != null && !(budget > 0)) {
      throw usage(
          "--max-budget-usd is %s".formatted(budget),
          "Give it an amount, or leave the option out for no limit.");
    }
  }

  private static AfpException usage(String why, String fix) {
    return new AfpException(ErrorCode.USAGE, "Cannot call the agent: " + why, fix);
  }
}
