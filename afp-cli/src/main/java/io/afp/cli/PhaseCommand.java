package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Phases of the process, and who has agreed to them. */
@Command(
    name = "phase",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Phases of the process: what they leave, and who has agreed to it.",
    subcommands = {
      PhaseList.class,
      PhaseShow.class,
      PhaseCheck.class,
      PhaseApprove.class,
      PhaseReopen.class
    })
final class PhaseCommand {

  @Mixin CommonOptions options;
}
