package io.afp.agentic.tasks;

import io.afp.agentic.documents.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a task of the older form, or one without front matter, in the form of six sections. What
 * it says stays as it is; sections that the form does not know come last.
 */
public final class TaskMigration {

  private static final Pattern CRITERION =
      Pattern.compile("^(\\s*[-*+]\\s+)(\\[[ xX]\\]\\s*)?(SC-\\d+:?\\s+)?");

  private TaskMigration() {}

  /** Whether there is something to do. */
  public static boolean isNeeded(TaskFile task) {
    return task.isOlder() || !task.header().isThere();
  }

  /** The task in its new form; its boxes are open, because evidence is bound to what it said. */
  public static String text(TaskFile task) {
    String parts =
        Part.of(TaskSize.NORMAL).stream()
            .map(part -> part == Part.TASK ? title(task) : section(task, part))
            .collect(Collectors.joining("\n"));
    String others =
        task.document().sections().stream()
            .filter(section -> Part.of(section).isEmpty())
            .map(s -> "\n%s %s\n\n%s\n".formatted("#".repeat(s.level()), s.title(), s.text()))
            .collect(Collectors.joining());
    TaskHeader header = task.header();
    return TaskTemplate.header(
            task.id(), header.type(), TaskSize.NORMAL, TaskStatus.READY, header.requirements())
        + parts
        + others;
  }

  private static String title(TaskFile task) {
    return "# TASK: %s\n".formatted(task.title().orElse(""));
  }

  private static String section(TaskFile task, Part part) {
    Optional<Section> section = Optional.ofNullable(task.parts().get(part));
    String text = section.map(s -> text(task, part, s)).orElse("");
    return "## %s\n\n%s%s".formatted(part.title(), text, text.isEmpty() ? "" : "\n");
  }

  private static String text(TaskFile task, Part part, Section section) {
    if (part != Part.SUCCESS_CRITERIA) {
      return section.text();
    }
    Map<Integer, Criterion> byLine =
        task.criteria().stream().collect(Collectors.toMap(Criterion::line, c -> c));
    List<String> lines = task.document().lines();
    int first = lines.subList(section.line(), lines.size()).indexOf(section.lines().get(0));
    return IntStream.range(0, section.lines().size())
        .mapToObj(
            i -> criterion(section.lines().get(i), byLine.get(section.line() + first + i + 1)))
        .collect(Collectors.joining("\n"));
  }

  private static String criterion(String line, Criterion criterion) {
    return criterion == null
        ? line
        : CRITERION.matcher(line).replaceFirst("$1[ ] " + criterion.id() + " ");
  }
}
