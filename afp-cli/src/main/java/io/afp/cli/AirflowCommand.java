package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Pipelines in Airflow. */
@Command(
    name = "airflow",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Pipelines in Airflow.",
    subcommands = {AirflowGenerate.class})
final class AirflowCommand {

  @Mixin CommonOptions options;
}
