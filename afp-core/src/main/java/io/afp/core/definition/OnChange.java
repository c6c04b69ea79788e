package io.afp.core.definition;

import java.util.Locale;

/**
 * What happens when the source of an interval that is done, or a file of a landing folder, is no
 * longer what was loaded. It is always compared with what was loaded, not with what was seen last.
 */
public enum OnChange {
  /** The interval is stale: the next run of it loads it again. */
  RELOAD,
  /** The interval stays done; plans, runs and the status say so. */
  WARN,
  /** The interval stays done; only {@code afp plan --json} says so. */
  IGNORE;

  /** As it is written in a definition. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
