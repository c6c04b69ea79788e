package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.Category;
import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code afp}. */
@Command(
    name = "afp",
    description = "Lakehouse pipelines on Spark, Iceberg and Postgres.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
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

  /** So picocli begins what it says about a command that can't stand alone. */
  private static final String NO_SUBCOMMAND = "Missing required subcommand";

  @Mixin CommonOptions options;

  private Afp() {}

  /** The entry of the launcher. */
  public static void main(String[] args) {
    Stdout stdout = Stdout.install();
    int exitCode = run(args);
    System.exit(stdout.loss().map(why -> lost(why, exitCode)).orElse(exitCode));
  }

  /** What a command that has failed anyway ended with says more. */
  private static int lost(IOException why, int exitCode) {
    AfpException failure =
        new AfpException(
            ErrorCode.HOME_UNWRITABLE,
            "Cannot write the result to stdout: " + why.getMessage(),
            "Mend what it says, and run the same command again.");
    failure.problems().forEach(problem -> System.err.println(problem.toText()));
    return exitCode == 0 ? failure.exitCode() : exitCode;
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
    command.setExecutionStrategy(Afp::execute);
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

  /** Options may stand before the words of the command too: {@code afp --json runs show ID}. */
  private static int execute(CommandLine.ParseResult parsed) {
    CommonOptions outer = null;
    for (CommandLine called : parsed.asCommandLineList()) {
      CommonOptions own = (CommonOptions) called.getMixins().get("options");
      if (own != null) {
        own.inherit(outer == null ? own : outer);
        outer = own;
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int wrongUsage(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    boolean json = Output.wantsJson(args);
    if (!json && e.getMessage().startsWith(NO_SUBCOMMAND)) {
      command.usage(System.err);
      return ErrorCode.USAGE.category().exitCode();
    }
    return new Output(name(command), json).failure(WrongUsage.of(e));
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
