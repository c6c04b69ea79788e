package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prompts of tasks: what an agent is asked, and what came of it. */
@Command(
    name = "prompt",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Prompts of tasks: what an agent is asked, and what came of it.",
    subcommands = {
      PromptBuild.class,
      PromptRun.class,
      PromptRecordCommand.class,
      PromptList.class,
      PromptVerify.class
    })
final class PromptCommand {

  @Mixin CommonOptions options;
}
