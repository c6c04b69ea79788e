package io.afp.cli;

import io.afp.core.text.TextColumns;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows how far the work is: a bar that moves on a terminal, lines elsewhere. Always on stderr. */
final class Progress {

  private static final Pattern TASKS = Pattern.compile("(.*): (\\d+) of (\\d+) tasks, (\\d+ s)");
  private static final int BAR = 30;
  private static final int SHORTEST_BAR = 5;

  private final OptionalInt columns;
  private boolean barShown;

  /**
   * Of a terminal, or of something else.
   *
   * @param columns the width of the terminal
   */
  Progress(OptionalInt columns) {
    this.columns = columns;
  }

  /** A bar if a person looks at it. */
  static Progress forThisProcess() {
    return new Progress(Stderr.columns());
  }

  void show(String message) {
    Matcher tasks = TASKS.matcher(message);
    if (columns.isPresent() && tasks.matches()) {
      System.err.print("\r\033[K" + line(tasks.toMatchResult(), columns.getAsInt() - 1));
      barShown = true;
    } else {
      end();
      System.err.println(message);
    }
  }

  /** In one line, for only that can be taken away; first the bar gives way, then the name. */
  private static String line(MatchResult tasks, int width) {
    String name = tasks.group(1);
    String count = " %s/%s, %s".formatted(tasks.group(2), tasks.group(3), tasks.group(4));
    int room = width - count.length();
    int bar = Math.min(BAR, room - name.length() - " []".length());
    String line =
        bar < SHORTEST_BAR
            ? TextColumns.cut(name, Math.max(1, room)) + count
            : name + " [" + bar(bar, tasks) + "]" + count;
    return line.substring(0, Math.min(width, line.length()));
  }

  private static String bar(int length, MatchResult tasks) {
    int done = Integer.parseInt(tasks.group(2));
    int all = Integer.parseInt(tasks.group(3));
    int filled = all == 0 ? length : length * done / all;
    return "#".repeat(filled) + ".".repeat(length - filled);
  }

  /** Takes the bar away. */
  void end() {
    if (barShown) {
      System.err.print("\r\033[K");
      barShown = false;
    }
  }
}
