package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.Category;
import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The command {@code afp}.
 *
 * <p>Nothing here that every command passes is a lambda over a class of picocli: then Java can't
 * keep that class in its archive, and each command reads it anew.
 */
@Command(
    name = "afp",
    description = "Lakehouse pipelines on Spark, Iceberg and Postgres.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class)
public final class Afp {

  /** Their names too: to ask the annotations of all takes longer than most commands. */
  private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("init", InitCommand.class);
    COMMANDS.put("infer", InferCommand.class);
    COMMANDS.put("run", RunCommand.class);
    COMMANDS.put("backfill", BackfillCommand.class);
    COMMANDS.put("plan", PlanCommand.class);
    COMMANDS.put("validate", ValidateCommand.class);
    COMMANDS.put("status", StatusCommand.class);
    COMMANDS.put("runs", RunsCommand.class);
    COMMANDS.put("logs", LogsCommand.class);
    COMMANDS.put("checks", ChecksCommand.class);
    COMMANDS.put("quality", QualityCommand.class);
    COMMANDS.put("rejects", RejectsCommand.class);
    COMMANDS.put("quarantine", QuarantineCommand.class);
    COMMANDS.put("releases", ReleasesCommand.class);
    COMMANDS.put("rollback", RollbackCommand.class);
    COMMANDS.put("branch", BranchCommand.class);
    COMMANDS.put("sql", SqlCommand.class);
    COMMANDS.put("airflow", AirflowCommand.class);
    COMMANDS.put("adopt", AdoptCommand.class);
    COMMANDS.put("upgrade", UpgradeCommand.class);
    COMMANDS.put("sync", SyncCommand.class);
    COMMANDS.put("phase", PhaseCommand.class);
    COMMANDS.put("task", TaskCommand.class);
    COMMANDS.put("prompt", PromptCommand.class);
    COMMANDS.put("module", ModuleCommand.class);
    COMMANDS.put("lint", LintCommand.class);
    COMMANDS.put("metrics", MetricsCommand.class);
    COMMANDS.put("clean", CleanCommand.class);
    COMMANDS.put("db", DbCommand.class);
    COMMANDS.put("config", ConfigCommand.class);
    COMMANDS.put("doctor", DoctorCommand.class);
    COMMANDS.put("version", VersionCommand.class);
    COMMANDS.put("completion", CompletionCommand.class);
    COMMANDS.put("help", CommandLine.HelpCommand.class);
  }

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
    failure.problems().forEach(Stderr::print);
    return exitCode == 0 ? failure.exitCode() : exitCode;
  }

  /** Runs one command; the result is the exit code. */
  static int run(String... args) {
    return commandLine(wanted(args)).execute(args);
  }

  /** What is asked for, when that is plain: making all commands takes longer than most of them. */
  private static Collection<Class<?>> wanted(String[] args) {
    Class<?> named = args.length == 0 ? null : COMMANDS.get(args[0]);
    return named == null || args[0].equals("help") ? COMMANDS.values() : List.of(named);
  }

  /** The command with all that is below it. */
  static CommandLine commandLine() {
    return commandLine(COMMANDS.values());
  }

  private static CommandLine commandLine(Collection<Class<?>> commands) {
    CommandLine command = new CommandLine(new Afp());
    for (Class<?> subcommand : commands) {
      command.addSubcommand(subcommand);
    }
    command.setUsageHelpWidth(Output.WIDTH);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionStrategy(new OuterOptions());
    Failures failures = new Failures();
    command.setParameterExceptionHandler(failures);
    command.setExecutionExceptionHandler(failures);
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(Category.exitCodes());
    knowVersion(command);
    return command;
  }

  private static void knowVersion(CommandLine command) {
    for (CommandLine subcommand : command.getSubcommands().values()) {
      subcommand.getCommandSpec().versionProvider(new Version());
      knowVersion(subcommand);
    }
  }
}
