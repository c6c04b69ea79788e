package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.yaml.Nearest;
import java.util.Collection;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What is wrong with the words of a command, and what was probably meant. */
final class WrongUsage {

  private WrongUsage() {}

  static AfpException of(CommandLine.ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String help = "See `%s --help`.".formatted(command.qualifiedName());
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return failure(e.getMessage(), help);
    }
    String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    if (word.startsWith("-")) {
      return unknown("option", word, command.optionsMap().keySet(), help);
    }
    return command.subcommands().isEmpty()
        ? failure("there is one word too many (word=%s)".formatted(word), help)
        : unknown("command", word, command.subcommands().keySet(), help);
  }

  private static AfpException unknown(
      String what, String word, Collection<String> known, String help) {
    String meant = Nearest.to(word, known).map("Did you mean '%s'? "::formatted).orElse("");
    return failure("there is no such %1$s (%1$s=%2$s)".formatted(what, word), meant + help);
  }

  private static AfpException failure(String why, String fix) {
    return new AfpException(ErrorCode.USAGE, "Cannot understand the command: " + why, fix);
  }
}
