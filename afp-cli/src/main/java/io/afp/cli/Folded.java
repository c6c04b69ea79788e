package io.afp.cli;

import io.afp.core.error.Problem;
import java.util.stream.Collectors;

/** Text in lines of a terminal; a word that is longer than a line stays whole. */
final class Folded {

  private static final String INDENT = "    ";

  private Folded() {}

  /** The first line begins at the left, the others behind a margin. */
  static String text(String text, int margin) {
    return text(text, margin, Output.WIDTH);
  }

  /**
   * The message of a problem; a place or a command below it stays whole, so that it can be copied.
   */
  static String problem(Problem problem, int width) {
    return problem
        .toText()
        .lines()
        .map(line -> line.startsWith(INDENT) ? line : text(line, INDENT.length(), width))
        .collect(Collectors.joining("\n"));
  }

  private static String text(String text, int margin, int width) {
    StringBuilder lines = new StringBuilder();
    int room = width;
    for (String word : text.split("(?<=\\S) ")) {
      if (!lines.isEmpty() && word.length() + 1 > room) {
        lines.append('\n').append(" ".repeat(margin)).append(word);
        room = width - margin - word.length();
      } else {
        lines.append(lines.isEmpty() ? "" : " ").append(word);
        room -= word.length() + 1;
      }
    }
    return lines.toString();
  }
}
