package io.afp.agentic.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands that there are, by the headings of {@code docs/commands.md}. */
final class CommandPage {

  private static final Pattern CALL = Pattern.compile("`(afp [a-z][^`]*)`");
  private static final Set<String> COMMANDS = read();

  private CommandPage() {}

  /** The calls that a text names. */
  static List<String> commandsIn(String text) {
    return CALL.matcher(text).results().map(call -> call.group(1)).toList();
  }

  /** Whether a call begins with a command, and a word that follows a group is one of its own. */
  static boolean has(String call) {
    String[] words = call.split(" ");
    String first = words[0] + " " + words[1];
    boolean isGroup = COMMANDS.stream().anyMatch(known -> known.startsWith(first + " "));
    boolean hasMore = isGroup && words.length > 2 && words[2].matches("[a-z-]+");
    return COMMANDS.contains(hasMore ? first + " " + words[2] : first);
  }

  private static Set<String> read() {
    try {
      return Files.readAllLines(Path.of("..", "docs", "commands.md")).stream()
          .filter(line -> line.startsWith("## afp "))
          .map(line -> line.substring(3))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
