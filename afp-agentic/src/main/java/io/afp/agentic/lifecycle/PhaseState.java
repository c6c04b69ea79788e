package io.afp.agentic.lifecycle;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a phase is.
 *
 * @param approval the last one, if it was not taken back
 * @param changed what was changed since that
 */
public record PhaseState(
    Phase phase, Status status, Optional<Approval> approval, List<String> changed) {

  /** How far a phase can be. */
  public enum Status {
    /** Something is missing or wrong. */
    OPEN,
    /** A person may agree. */
    COMPLETE,
    /** A person has agreed, and nothing has changed. */
    APPROVED,
    /** A person has agreed, and something has changed since, here or in what it rests on. */
    STALE;

    static Status of(boolean complete, Optional<Approval> approval, List<String> changed) {
      if (approval.isEmpty()) {
        return complete ? COMPLETE : OPEN;
      }
      return changed.isEmpty() ? APPROVED : STALE;
    }

    /** As commands write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
