package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/** Says what went wrong with a command, in the form that it was asked for. */
final class Failures
    implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {

  /** So picocli begins what it says about a command that can't stand alone. */
  private static final String NO_SUBCOMMAND = "Missing required subcommand";

  @Override
  public int handleParseException(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    boolean json = Output.wantsJson(args);
    if (!json && e.getMessage().startsWith(NO_SUBCOMMAND)) {
      command.usage(System.err);
      return ErrorCode.USAGE.category().exitCode();
    }
    return new Output(name(command), json).failure(WrongUsage.of(e));
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine command, CommandLine.ParseResult parsed) {
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
