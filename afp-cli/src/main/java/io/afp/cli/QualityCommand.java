package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What checks cost, and what they measured. */
@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "How checks are answered, and what they measured.",
    subcommands = {QualityExplain.class, QualityShow.class})
final class QualityCommand {

  @Mixin CommonOptions options;
}
