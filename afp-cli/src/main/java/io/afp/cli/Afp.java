package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.Category;
import io.afp.core.error.ErrorCode;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code afp}. */
@Command(
    name = "afp",
    description = "Lakehouse pipelines on Spark, Iceberg and Postgres.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Afp {

  private static final List<Class<?>> COMMANDS =
      List.of(
          InitCommand.class,
          RunCommand.class,
          BackfillCommand.class,
          PlanCommand.class,
          ValidateCommand.class,
          StatusCommand.class,
          RunsCommand.class,
          LogsCommand.class,
          ChecksCommand.class,
          RejectsCommand.class,
          ReleasesCommand.class,
          RollbackCommand.class,
          BranchCommand.class,
          SqlCommand.class,
          CleanCommand.class,
          DbCommand.class,
          ConfigCommand.class,
          DoctorCommand.class,
          VersionCommand.class,
          CompletionCommand.class,
          CommandLine.HelpCommand.class);

  private Afp() {}

  /** The entry of the launcher. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command; the result is the exit code. */
  static int run(String... args) {
    return commandLine(wanted(args)).execute(args);
  }

  /** What is asked for, when that is plain: making all commands takes longer than most of them. */
  private static List<Class<?>> wanted(String[] args) {
    List<Class<?>> named =
        COMMANDS.stream()
            .filter(c -> args.length > 0 && c.getAnnotation(Command.class).name().equals(args[0]))
            .filter(c -> c != CommandLine.HelpCommand.class)
            .toList();
    return named.isEmpty() ? COMMANDS : named;
  }

  /** The command with all that is below it. */
  static CommandLine commandLine() {
    return commandLine(COMMANDS);
  }

  private static CommandLine commandLine(List<Class<?>> commands) {
    CommandLine command = new CommandLine(new Afp());
    commands.forEach(command::addSubcommand);
    command.setUsageHelpWidth(Output.WIDTH);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setParameterExceptionHandler(Afp::wrongUsage);
    command.setExecutionExceptionHandler(Afp::failed);
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(Category.exitCodes());
    command.getSubcommands().values().forEach(Afp::knowVersion);
    return command;
  }

  private static void knowVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new Version());
    command.getSubcommands().values().forEach(Afp::knowVersion);
  }

  private static int wrongUsage(CommandLine.ParameterException e, String[] args) {
    AfpException failure =
        new AfpException(
            ErrorCode.USAGE,
            "Cannot understand the command: " + e.getMessage(),
            "See `%s --help`.".formatted(e.getCommandLine().getCommandSpec().qualifiedName()));
    return new Output(name(e.getCommandLine()), Output.wantsJson(args)).failure(failure);
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    String[] args = parsed.originalArgs().toArray(String[]::new);
    return new Output(name(command), Output.wantsJson(args)).failure(known(e));
  }

  private static AfpException known(Exception e) {
    if (e instanceof AfpException known) {
      return known;
    }
    if (e instanceof UncheckedIOException file) {
      return new AfpException(
          ErrorCode.HOME_UNWRITABLE,
          "Cannot use a file of the project: " + file.getCause(),
          "Mend what it says, or ask `afp doctor`.",
          e);
    }
    return new AfpException(
        ErrorCode.INTERNAL, "Cannot finish the command: " + e, "Report it with what you did.", e);
  }

  /** As a user would name it: {@code db start}. */
  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName().replaceFirst("^afp ", "");
  }
}
