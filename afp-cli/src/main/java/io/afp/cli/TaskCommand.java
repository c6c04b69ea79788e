package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tasks, and what shows that they are done. */
@Command(
    name = "task",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Tasks of the process, and what shows that they are done.",
    subcommands = {
      TaskNew.class,
      TaskList.class,
      TaskShow.class,
      TaskStart.class,
      TaskVerify.class,
      TaskClose.class,
      TaskMigrate.class
    })
final class TaskCommand {

  @Mixin CommonOptions options;
}
