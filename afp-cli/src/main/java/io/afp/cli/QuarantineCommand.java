package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The rows that checks keep out of tables. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The rows that checks keep out of tables: how many, which, why, and once more.",
    subcommands = {QuarantineList.class, QuarantineExplain.class, QuarantineReplay.class})
final class QuarantineCommand {

  @Mixin CommonOptions options;
}
