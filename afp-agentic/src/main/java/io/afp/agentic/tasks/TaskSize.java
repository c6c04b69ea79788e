package io.afp.agentic.tasks;

import java.util.Locale;

/** How much is written about a task: a small one needs three sections. */
public enum TaskSize {
  NORMAL,
  SMALL;

  /** As it is written. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
