package io.afp.agentic.tasks;

import io.afp.agentic.tree.ProcessTree;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a new task. What stands in comments is guidance; a section with nothing else is an
 * empty one.
 */
public final class TaskTemplate {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]*/[a-z][a-z0-9_-]*");

  private TaskTemplate() {}

  /** Whether a text is {@code module/feature}. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Where the file of a task is, from the root of the project. */
  public static String path(String id) {
    return ProcessTree.path("%s/%s.md".formatted(TaskReader.FOLDER, id));
  }

  /** A task in which everything but its title has to be written. */
  public static String text(
      String id, TaskType type, TaskSize size, String title, List<String> requirements) {
    String head = header(id, type, size, TaskStatus.DRAFT, requirements);
    String start =
        """
        # TASK: %s

        ## DELIVERABLES

        <!-- Each file that has to be there in the end, with its exact path from the root of the project:
        - `orders/src/main/java/LandOrders.java` - the job -->

        ## SUCCESS CRITERIA

        <!-- What has to hold, each with a command that shows it (run without a shell), or with a person who judges it:
        - [ ] SC-1 Rows that break the contract are kept
          - verify: `./mvnw -q -pl orders test -Dtest=LandOrdersTest`
        - [ ] SC-2 The columns are those that sales needs
          - manual: sales -->
        """
            .formatted(title);
    return size == TaskSize.SMALL ? head + start : head + start + "\n" + rest();
  }

  private static String rest() {
    return """
        ## CONTEXT FILES

        <!-- What to read before, below agent-prompts/ or from the root:
        - Schema: context/data_context.md
        - Standards: standards/development_patterns.md -->

        ## TECHNICAL SPECIFICATIONS

        <!-- How it is to be built: where data comes from and goes to, what happens to rows that don't fit, how much there is. -->

        ## CONSTRAINTS & STANDARDS

        <!-- What may not happen: limits of time, memory and access; what must stay compatible; which standards hold. -->
        """;
  }

  static String header(
      String id, TaskType type, TaskSize size, TaskStatus status, List<String> requirements) {
    return """
        ---
        id: %s
        type: %s
        module: %s
        requirements: [%s]
        status: %s
        size: %s
        ---
        """
        .formatted(
            id,
            type,
            id.substring(0, id.indexOf('/')),
            String.join(", ", requirements),
            status,
            size);
  }
}
