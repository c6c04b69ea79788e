package io.afp.agentic.tasks;

import java.util.Locale;

/** What kind of work a task is. */
public enum TaskType {
  IMPLEMENTATION,
  INTEGRATION,
  RESEARCH,
  BUGFIX,
  TESTS,
  DOCUMENTATION,
  REVIEW;

  /** As it is written. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
