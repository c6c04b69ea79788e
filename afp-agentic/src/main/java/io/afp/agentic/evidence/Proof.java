package io.afp.agentic.evidence;

import java.util.Locale;

/** What evidence says of a criterion. */
public enum Proof {
  /** Nothing judged it since the start. */
  OPEN,
  /** Its command failed. */
  FAILED,
  /** It was judged well, but what was judged has changed since. */
  STALE,
  /** It was judged well, and nothing has changed. */
  PROVEN;

  /** As it is written. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
