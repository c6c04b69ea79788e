package io.afp.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows how far the work is: a bar that moves on a terminal, lines elsewhere. Always on stderr. */
final class Progress {

  private static final Pattern TASKS = Pattern.compile("(.*): (\\d+) of (\\d+) tasks");
  private static final int BAR = 30;

  private final boolean terminal;
  private boolean barShown;
  private String last = "";

  Progress(boolean terminal) {
    this.terminal = terminal;
  }

  /** A bar if a person looks at it. */
  static Progress forThisProcess() {
    return new Progress(System.console() != null);
  }

  void show(String message) {
    Matcher tasks = TASKS.matcher(message);
    if (terminal && tasks.matches()) {
      bar(tasks.group(1), Integer.parseInt(tasks.group(2)), Integer.parseInt(tasks.group(3)));
    } else if (!tasks.matches() || isNews(message, tasks.group(2))) {
      end();
      System.err.println(message);
    }
  }

  /** A line that says the same again, or that nothing is done yet, is only noise in a log. */
  private boolean isNews(String message, String done) {
    boolean news = !done.equals("0") && !message.equals(last);
    last = message;
    return news;
  }

  private void bar(String step, int done, int all) {
    int filled = all == 0 ? BAR : BAR * done / all;
    String bar = "#".repeat(filled) + ".".repeat(BAR - filled);
    System.err.printf("\r\033[K%s [%s] %d/%d", step, bar, done, all);
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
