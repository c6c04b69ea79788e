package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * A command that a page names in a sentence is one that there is, with options that it has. The
 * commands in blocks are tried by {@code DocsIT} and {@code ReadmesIT}.
 */
class NamedCommandsTest {

  private static final Pattern NAMED = Pattern.compile("`(?:\\./)?afp ([a-z][^`]*)`");
  private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

  @Test
  void everyCommandThatAPageNamesIsThere() throws IOException {
    List<String> problems = new ArrayList<>();
    List<String> named = new ArrayList<>();
    CommandLine afp = Afp.commandLine();
    for (Path page : pages()) {
      Matcher found = NAMED.matcher(Files.readString(page));
      while (found.find()) {
        named.add(found.group(1));
        wrong(afp, found.group(1)).forEach(p -> problems.add(page + ": afp " + found.group(1) + p));
      }
    }

    assertThat(problems).isEmpty();
    assertThat(named).hasSizeGreaterThan(50);
  }

  private static List<Path> pages() throws IOException {
    Path root = Path.of("..");
    try (Stream<Path> docs = Files.walk(root.resolve("docs"));
        Stream<Path> examples = Files.walk(root.resolve("afp-examples"), 2);
        Stream<Path> others = Stream.of("README.md", "CONTRIBUTING.md").map(root::resolve)) {
      return Stream.of(docs, examples, others)
          .flatMap(pages -> pages)
          .filter(p -> p.toString().endsWith(".md"))
          .toList();
    }
  }

  private static List<String> wrong(CommandLine afp, String named) {
    CommandLine command = afp;
    String[] words = named.split("\\s+");
    int i = 0;
    while (i < words.length && command.getSubcommands().containsKey(words[i])) {
      command = command.getSubcommands().get(words[i++]);
    }
    if (i == 0) {
      return List.of(": there is no such command");
    }
    CommandLine last = command;
    return OPTION
        .matcher(named.replaceAll("\"[^\"]*\"", ""))
        .results()
        .map(option -> option.group())
        .filter(option -> !last.getCommandSpec().optionsMap().containsKey(option))
        .map(option -> ": it has no option " + option)
        .toList();
  }
}
