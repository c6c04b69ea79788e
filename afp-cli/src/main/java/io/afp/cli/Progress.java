package io.afp.cli;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows how far the work is: a bar that moves on a terminal, lines elsewhere. Always on stderr. */
final class Progress {

  private static final Pattern TASKS = Pattern.compile("(.*): (\\d+) of (\\d+) tasks, (\\d+ s)");
  private static final int BAR = 30;

  private final boolean terminal;
  private boolean barShown;

  Progress(boolean terminal) {
    this.terminal = terminal;
  }

  /** A bar if a person looks at it; Java can't ask about stderr alone, the launcher can. */
  static Progress forThisProcess() {
    return new Progress(Boolean.getBoolean("afp.stderr-is-terminal"));
  }

  void show(String message) {
    Matcher tasks = TASKS.matcher(message);
    if (terminal && tasks.matches()) {
      bar(tasks.toMatchResult());
    } else {
      end();
      System.err.println(message);
    }
  }

  private void bar(MatchResult tasks) {
    int done = Integer.parseInt(tasks.group(2));
    int all = Integer.parseInt(tasks.group(3));
    int filled = all == 0 ? BAR : BAR * done / all;
    String bar = "#".repeat(filled) + ".".repeat(BAR - filled);
    System.err.printf("\r\033[K%s [%s] %d/%d, %s", tasks.group(1), bar, done, all, tasks.group(4));
    barShown = true;
  }

  /** Takes the bar away. */
  void end() {
    if (barShown) {
      System.err.print("\r\033[K");
      barShown = false;
    }
  }
}
