package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What checks cost, what they measured, and checks of tables that no pipeline fills. */
@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "How checks are answered, what they measured, and checks of any table.",
    subcommands = {QualityExplain.class, QualityShow.class, QualityCheckCommand.class})
final class QualityCommand {

  @Mixin CommonOptions options;
}
