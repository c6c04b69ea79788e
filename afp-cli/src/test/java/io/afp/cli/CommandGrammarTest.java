package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** One grammar for all commands: what is learnt at one of them holds at the others. */
class CommandGrammarTest {

  /** All commands but {@code help}, which is picocli's own. */
  static Stream<CommandSpec> commands() {
    return below(Afp.commandLine()).map(CommandLine::getCommandSpec).filter(s -> !s.helpCommand());
  }

  private static Stream<CommandLine> below(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().distinct().flatMap(CommandGrammarTest::below));
  }

  @Test
  void anOptionMeansTheSameEverywhere() {
    Map<String, String> meanings = new TreeMap<>();
    for (CommandSpec command : commands().toList()) {
      for (OptionSpec option : command.options()) {
        for (String name : named(option)) {
          String before = meanings.putIfAbsent(name, meaning(option));
          assertThat(meaning(option))
              .as(
                  "%s of `%s` means something else than before: share it by a mixin, or give it another name",
                  name, command.qualifiedName())
              .isEqualTo(before == null ? meaning(option) : before);
        }
      }
    }
    assertThat(meanings).containsKeys("--json", "--limit", "--interval", "--level");
  }

  /**
   * Of a rollback the end is a release, of a backfill a time; a table goes into a pipeline, a DAG
   * into the folder of Airflow; an acknowledgement is by somebody, a DAG by layer; rows break a
   * check, and files are put to one; files have a format, and findings are told in one.
   */
  private static List<String> named(OptionSpec option) {
    return Stream.of(option.names())
        .filter(name -> !Set.of("--by", "--check", "--format", "--out", "--to").contains(name))
        .toList();
  }

  private static String meaning(OptionSpec option) {
    return "%s %s %s %s %s %s"
        .formatted(
            List.of(option.names()),
            option.paramLabel(),
            option.arity(),
            option.type().getSimpleName(),
            option.defaultValue(),
            List.of(option.description()));
  }

  @Test
  void everyCommandThatDoesSomethingTakesTheCommonOptions() {
    List<CommandSpec> leaves = commands().filter(s -> s.subcommands().isEmpty()).toList();

    assertThat(leaves).hasSizeGreaterThan(15);
    for (CommandSpec leaf : leaves) {
      assertThat(leaf.optionsMap())
          .as("`%s`: add @Mixin CommonOptions", leaf.qualifiedName())
          .containsKeys("--json", "--env", "--project", "-h", "--help");
    }
  }

  @Test
  void everyCommandOptionAndParameterIsExplained() {
    for (CommandSpec command : commands().toList()) {
      String name = command.qualifiedName();
      assertThat(command.usageMessage().description()).as(name).isNotEmpty();
      command
          .args()
          .forEach(arg -> assertThat(arg.description()).as(name + " " + arg).isNotEmpty());
    }
  }

  @Test
  void everyHelpFitsTheTerminal() {
    for (CommandSpec command : commands().toList()) {
      assertThat(command.commandLine().getUsageMessage().lines())
          .as(command.qualifiedName())
          .allMatch(line -> line.length() <= Output.WIDTH);
    }
  }

  @Test
  void everyCommandKnowsItsVersion() {
    for (CommandSpec command : commands().toList()) {
      String[] words = (command.qualifiedName(" ") + " --version").split(" ");
      String[] arguments = Stream.of(words).skip(1).toArray(String[]::new);
      assertThat(TestCommand.run(arguments).succeeded().out()).matches("afp \\d\\S+\\R");
    }
  }

  @Test
  void theExitCodesStandInTheHelp() {
    assertThat(TestCommand.run("--help").succeeded().out())
        .containsPattern("(?m)^ *0 +done")
        .containsPattern("(?m)^ *78 +a definition or setting is wrong");
  }
}
