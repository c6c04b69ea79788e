package io.afp.agentic.tasks;

import io.afp.agentic.documents.FrontMatter;
import io.afp.agentic.tree.ProcessTree;
import io.afp.agentic.tree.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what the command says of a task into its file; every other byte stays as it is. */
public final class TaskTicks {

  private static final Pattern LINE = Pattern.compile("[^\r\n]*(?:\r\n|\r|\n|$)");
  private static final Pattern BOX = Pattern.compile("\\[[ xX]\\]");
  private static final Pattern STATUS = Pattern.compile("(status:\\s*)[a-z-]+");

  private TaskTicks() {}

  /**
   * Ticks the boxes of these criteria, unticks all others, and writes the status where the task has
   * front matter.
   */
  public static void write(ProcessTree tree, TaskFile task, Set<String> proven, TaskStatus status) {
    String text = tree.texts().get(task.path());
    String written = text(text, task, proven, status);
    if (!written.equals(text) && isAsRead(tree, task)) {
      TextFile.write(tree.root(), task.path(), written);
    }
  }

  /** What was edited while a command ran is not written over; the next call ticks it. */
  private static boolean isAsRead(ProcessTree tree, TaskFile task) {
    try {
      String now = Files.readString(tree.root().resolve(task.path()));
      return now.equals(tree.texts().get(task.path()));
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(String text, TaskFile task, Set<String> proven, TaskStatus status) {
    boolean hasStatus = header(task).flatMap(f -> f.text("status")).isPresent();
    int statusLine = hasStatus ? header(task).get().line("status") : 0;
    int end = hasStatus ? 0 : header(task).map(FrontMatter::end).orElse(0);
    StringBuilder written = new StringBuilder();
    Matcher lines = LINE.matcher(text);
    for (int number = 1; lines.find() && !lines.group().isEmpty(); number++) {
      String line = lines.group();
      if (number == statusLine) {
        line = STATUS.matcher(line).replaceFirst("$1" + status);
      } else if (number == end) {
        written
            .append("status: ")
            .append(status)
            .append(line.substring(line.stripTrailing().length()));
      }
      written.append(ticked(line, number, task, proven));
    }
    return written.toString();
  }

  private static Optional<FrontMatter> header(TaskFile task) {
    return task.document().frontMatter().filter(header -> header.value().isPresent());
  }

  private static String ticked(String line, int number, TaskFile task, Set<String> proven) {
    return task.criteria().stream()
        .filter(criterion -> criterion.line() == number)
        .findFirst()
        .map(c -> BOX.matcher(line).replaceFirst(proven.contains(c.id()) ? "[x]" : "[ ]"))
        .orElse(line);
  }
}
