package io.afp.agentic.prompt;

import static io.afp.agentic.tasks.Part.CONSTRAINTS;
import static io.afp.agentic.tasks.Part.CONTEXT_FILES;
import static io.afp.agentic.tasks.Part.DELIVERABLES;
import static io.afp.agentic.tasks.Part.SUCCESS_CRITERIA;
import static io.afp.agentic.tasks.Part.TASK;
import static io.afp.agentic.tasks.Part.TECHNICAL_SPECIFICATIONS;

import io.afp.agentic.tasks.Part;
import io.afp.agentic.tasks.TaskType;
import java.util.List;

/** In which order a prompt has the parts of a task. */
public enum PromptOrder {
  /** Something new is defined by its result. */
  RESULT_FIRST(
      TASK, DELIVERABLES, SUCCESS_CRITERIA, CONTEXT_FILES, TECHNICAL_SPECIFICATIONS, CONSTRAINTS),
  /** Work in what exists is defined by what is there. */
  SURROUNDINGS_FIRST(
      TASK, CONTEXT_FILES, TECHNICAL_SPECIFICATIONS, SUCCESS_CRITERIA, DELIVERABLES, CONSTRAINTS),
  /** A judgement is defined by its question. */
  QUESTION_FIRST(
      TASK, CONTEXT_FILES, SUCCESS_CRITERIA, DELIVERABLES, TECHNICAL_SPECIFICATIONS, CONSTRAINTS);

  private final List<Part> parts;

  PromptOrder(Part... parts) {
    this.parts = List.of(parts);
  }

  /** The parts in their order. */
  public List<Part> parts() {
    return parts;
  }

  /** That of a kind of work. */
  public static PromptOrder of(TaskType type) {
    return switch (type) {
      case IMPLEMENTATION, TESTS -> RESULT_FIRST;
      case INTEGRATION, BUGFIX -> SURROUNDINGS_FIRST;
      case RESEARCH, REVIEW, DOCUMENTATION -> QUESTION_FIRST;
    };
  }
}
