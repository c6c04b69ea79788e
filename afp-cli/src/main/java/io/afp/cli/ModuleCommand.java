package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Modules of the solution that is built by the process. */
@Command(
    name = "module",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Modules of the solution: their graph, their state, their closure.",
    subcommands = {ModuleList.class, ModuleCheck.class, ModuleShow.class, ModuleClose.class})
final class ModuleCommand {

  @Mixin CommonOptions options;
}
