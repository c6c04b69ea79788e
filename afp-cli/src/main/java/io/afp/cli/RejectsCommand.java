package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The rows that broke the contract of a source. */
@Command(
    name = "rejects",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "The rows that broke the contract of a source: how many, which, why, and once more.",
    subcommands = {
      RejectsList.class,
      RejectsExplain.class,
      RejectsReplay.class,
      RejectsHistory.class
    })
final class RejectsCommand {

  @Mixin CommonOptions options;
}
