package io.afp.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page {@code docs/commands.md}, from what the commands say about themselves. */
final class CommandReference {

  private static final Set<String> COMMON =
      Set.of("--project", "--env", "--json", "--help", "--version");

  private CommandReference() {}

  static String page() {
    CommandSpec root = Afp.commandLine().getCommandSpec();
    return """
        # The command

        Generated from the command itself; `CommandReferenceTest` says how to bring it up to date.

        Every command but `help` takes these, before or after its name:

        %s

        Results go to stdout, everything else to stderr. What commands say about runs, tables and checks is at most 100 columns wide:
        longer values are cut, which a `…` shows, and `--json` has them whole. Data is never cut: rows of `afp sql`, lines of
        `afp logs`. On a terminal that is narrower the message of an error is folded to it, and the bar of a run keeps to one line; a
        fix stays in one line, so that a command in it can be copied. Where a run is asked for, the start of its id is enough. Colours
        are only on a terminal, and not with `NO_COLOR`.

        | exit | means |
        |---|---|
        %s

        %s
        """
        .formatted(
            table(
                root.subcommands().get("status").getCommandSpec().options().stream()
                    .filter(CommandReference::isCommon)),
            root.usageMessage().exitCodeList().entrySet().stream()
                .map(e -> "| %s | %s |".formatted(e.getKey(), e.getValue()))
                .collect(Collectors.joining("\n")),
            Stream.concat(
                    CommandGrammarTest.commands().skip(1),
                    Stream.of(root.subcommands().get("help").getCommandSpec()))
                .map(CommandReference::section)
                .collect(Collectors.joining("\n")));
  }

  private static String section(CommandSpec command) {
    StringBuilder text = new StringBuilder("## %s\n\n".formatted(command.qualifiedName()));
    text.append(described(command)).append("\n");
    if (command.userObject() instanceof Callable<?> || command.helpCommand()) {
      text.append("\n```\n").append(synopsis(command)).append("\n```\n");
    }
    Stream<ArgSpec> own =
        Stream.concat(
            command.positionalParameters().stream(),
            command.options().stream().filter(option -> !isCommon(option)));
    String table = table(own);
    return text.append(table.isEmpty() ? "" : "\n" + table + "\n").toString();
  }

  private static String described(CommandSpec command) {
    return Stream.of(command.usageMessage().description())
        .map(String::formatted)
        .flatMap(String::lines)
        .filter(line -> !line.isBlank())
        .collect(Collectors.joining(" "));
  }

  private static String synopsis(CommandSpec command) {
    String own =
        Stream.concat(
                command.options().stream()
                    .filter(option -> !isCommon(option))
                    .map(
                        option ->
                            option.required() ? label(option) : "[%s]".formatted(label(option))),
                command.positionalParameters().stream().map(CommandReference::parameter))
            .collect(Collectors.joining(" "));
    return (command.qualifiedName() + " " + own).strip();
  }

  private static String parameter(PositionalParamSpec parameter) {
    String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
    return parameter.arity().min() == 0 ? "[%s]".formatted(label) : label;
  }

  static boolean isCommon(OptionSpec option) {
    return Set.of(option.names()).stream().anyMatch(COMMON::contains);
  }

  private static String table(Stream<? extends ArgSpec> arguments) {
    List<String> rows =
        arguments
            .map(a -> "| `%s` | %s |".formatted(label(a).replace("|", "\\|"), explained(a)))
            .toList();
    return rows.isEmpty() ? "" : "| | |\n|---|---|\n" + String.join("\n", rows);
  }

  private static String label(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return argument.paramLabel();
    }
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static String explained(ArgSpec argument) {
    String candidates =
        argument.completionCandidates() == null
            ? ""
            : String.join(", ", argument.completionCandidates());
    return String.join(" ", argument.description())
        .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()))
        .replace("${COMPLETION-CANDIDATES}", candidates)
        .replace("|", "\\|");
  }
}
