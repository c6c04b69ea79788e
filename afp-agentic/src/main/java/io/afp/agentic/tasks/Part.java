package io.afp.agentic.tasks;

import io.afp.agentic.documents.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A section of a task, by its name and by the name that the older form has for it. */
public enum Part {
  TASK("TASK", "TASK"),
  DELIVERABLES("DELIVERABLES", "FILES TO CREATE"),
  SUCCESS_CRITERIA("SUCCESS CRITERIA", "SPECIFICATIONS"),
  CONTEXT_FILES("CONTEXT FILES", "DEPENDENCIES"),
  TECHNICAL_SPECIFICATIONS("TECHNICAL SPECIFICATIONS", "OBJECTIVE"),
  CONSTRAINTS("CONSTRAINTS & STANDARDS", "CONSTRAINTS & STANDARDS");

  private final String title;
  private final String older;

  Part(String title, String older) {
    this.title = title;
    this.older = older;
  }

  /** The heading, as it is written. */
  public String title() {
    return title;
  }

  /** The parts that a task has to have, in their order. */
  public static List<Part> of(TaskSize size) {
    return size == TaskSize.SMALL
        ? List.of(TASK, DELIVERABLES, SUCCESS_CRITERIA)
        : List.of(values());
  }

  /** The part that a section is, in either form. */
  static Optional<Part> of(Section section) {
    String name = section.name().toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(part -> name.equals(part.title) || name.equals(part.older))
        .findFirst();
  }

  /** Whether a section has a name that only the older form knows. */
  static boolean isOlder(Section section) {
    String name = section.name().toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).anyMatch(p -> name.equals(p.older) && !name.equals(p.title));
  }
}
