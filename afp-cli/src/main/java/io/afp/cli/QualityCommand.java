package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What checks cost. */
@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "How checks are answered.",
    subcommands = {QualityExplain.class})
final class QualityCommand {

  @Mixin CommonOptions options;
}
