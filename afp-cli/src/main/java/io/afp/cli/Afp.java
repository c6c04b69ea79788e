package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code afp}. */
@Command(
    name = "afp",
    description = "Lakehouse pipelines on Spark, Iceberg and Postgres.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      StatusCommand.class,
      SqlCommand.class,
      DbCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also when there was nothing to do",
      "64:the command line is wrong",
      "65:the quality gate failed",
      "66:an input is missing",
      "69:something outside is down",
      "70:internal error",
      "75:conflict, run again",
      "77:a right is missing",
      "78:a definition or setting is wrong"
    })
public final class Afp {

  private Afp() {}

  /** The entry of the launcher. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command; the result is the exit code. */
  static int run(String... args) {
    CommandLine command = new CommandLine(new Afp());
    command.setUsageHelpWidth(Output.WIDTH);
    command.setParameterExceptionHandler(Afp::wrongUsage);
    command.setExecutionExceptionHandler(Afp::failed);
    return command.execute(args);
  }

  private static int wrongUsage(CommandLine.ParameterException e, String[] args) {
    AfpException failure =
        new AfpException(
            ErrorCode.USAGE,
            "Cannot understand the command: " + e.getMessage(),
            "See `%s --help`.".formatted(e.getCommandLine().getCommandSpec().qualifiedName()));
    return new Output(e.getCommandLine().getCommandName(), Output.wantsJson(args)).failure(failure);
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    AfpException failure =
        e instanceof AfpException known
            ? known
            : new AfpException(
                ErrorCode.INTERNAL,
                "Cannot finish the command: " + e,
                "Report it with what you did.",
                e);
    String[] args = parsed.originalArgs().toArray(String[]::new);
    return new Output(command.getCommandName(), Output.wantsJson(args)).failure(failure);
  }
}
