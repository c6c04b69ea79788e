package io.afp.agentic.tasks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How far a task is; from {@link #IN_PROGRESS} on only evidence says so. */
public enum TaskStatus {
  DRAFT,
  READY,
  IN_PROGRESS,
  VERIFIED,
  CLOSED;

  /** As it is written: {@code in-progress}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> written() {
    return Arrays.stream(values()).map(TaskStatus::toString).toList();
  }

  static TaskStatus parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
