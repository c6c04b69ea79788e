package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The branches of the lake. */
@Command(
    name = "branch",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The branches of the lake.",
    subcommands = {BranchList.class, BranchDrop.class})
final class BranchCommand {

  @Mixin CommonOptions options;
}
