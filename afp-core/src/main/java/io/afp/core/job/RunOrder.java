package io.afp.core.job;

import io.afp.core.definition.Interval;
import io.afp.core.ledger.Phase;
import java.util.Optional;
import java.util.Set;

/** What one driver of a run is asked to do. */
record RunOrder(JobArguments arguments, Optional<Interval> interval, Set<Phase> phases) {

  /** Whether the run is shared by several drivers. */
  boolean keyed() {
    return arguments.runKey().isPresent();
  }

  boolean publishes() {
    return !keyed() || phases.contains(Phase.QUALITY);
  }

  /** Whether rejects are judged again, in place of a source. */
  boolean replays() {
    return arguments.replays();
  }

  boolean serves() {
    return phases.contains(Phase.SERVE);
  }
}
