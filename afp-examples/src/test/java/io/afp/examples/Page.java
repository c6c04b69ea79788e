package io.afp.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a page of the documentation tells its reader to do, in order. */
record Page(List<Step> steps) {

  private static final Pattern FENCE = Pattern.compile("```(\\w*).*");
  private static final Pattern FILE = Pattern.compile(".*`([^`]+)`:");

  private static final Pattern COMMAND =
      Pattern.compile("(\\$|\\./afp|afp|\\./mvnw|spark-submit) .*");

  /** Something that a reader does. */
  sealed interface Step {}

  /** Types a command, and sees what the page shows: nothing, where the page does not show it. */
  record Typed(String command, List<String> shown) implements Step {}

  /** Makes a file that the line before the block names. */
  record Made(String file, String text) implements Step {}

  /** Changes lines of a file. */
  record Changed(String file, String before, String after) implements Step {}

  /** A fenced block, and the file that is named before it. */
  private record Block(String language, Optional<String> file, List<String> lines) {}

  static Page read(Path file) {
    List<Step> steps = new ArrayList<>();
    for (Block block : blocks(file)) {
      if (block.language.equals("console")) {
        steps.addAll(typed(block.lines));
      } else if (block.language.equals("diff")) {
        steps.add(changed(block));
      } else {
        block.file.ifPresent(name -> steps.add(new Made(name, text(block.lines))));
      }
    }
    return new Page(steps);
  }

  /** The lines that look like commands of a reader but stand in another block. */
  static List<String> hidden(Path file) {
    return commands(blocks(file).stream().filter(b -> !b.language.equals("console")));
  }

  /** All lines that look like commands of a reader. */
  static List<String> commands(Path file) {
    return commands(blocks(file).stream());
  }

  private static List<String> commands(Stream<Block> blocks) {
    return blocks.flatMap(b -> b.lines.stream()).filter(l -> COMMAND.matcher(l).matches()).toList();
  }

  private static List<Block> blocks(Path file) {
    try {
      List<Block> blocks = new ArrayList<>();
      Iterator<String> lines = Files.readAllLines(file).iterator();
      String before = "";
      while (lines.hasNext()) {
        String line = lines.next();
        Matcher fence = FENCE.matcher(line);
        if (fence.matches()) {
          Matcher named = FILE.matcher(before);
          Optional<String> name =
              named.matches() ? Optional.of(named.group(1)) : Optional.<String>empty();
          blocks.add(new Block(fence.group(1), name, body(lines)));
        } else if (!line.isBlank()) {
          before = line;
        }
      }
      return blocks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> body(Iterator<String> lines) {
    List<String> body = new ArrayList<>();
    for (String line = lines.next(); !line.equals("```"); line = lines.next()) {
      body.add(line);
    }
    return body;
  }

  private static List<Typed> typed(List<String> lines) {
    Deque<Typed> typed = new ArrayDeque<>();
    for (String line : lines) {
      if (line.startsWith("$ ")) {
        typed.add(new Typed(line.substring(2), new ArrayList<>()));
      } else if (line.startsWith("> ") && typed.getLast().shown.isEmpty()) {
        String start = typed.removeLast().command;
        typed.add(new Typed(start + "\n" + line.substring(2), new ArrayList<>()));
      } else {
        typed.getLast().shown.add(line);
      }
    }
    return List.copyOf(typed);
  }

  private static Changed changed(Block block) {
    return new Changed(
        block.file.orElseThrow(() -> new IllegalArgumentException("No file: " + block)),
        side(block.lines, "- "),
        side(block.lines, "+ "));
  }

  private static String side(List<String> lines, String signs) {
    return text(
        lines.stream()
            .filter(line -> signs.indexOf(line.charAt(0)) >= 0)
            .map(line -> line.substring(1))
            .toList());
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
