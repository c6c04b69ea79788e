package io.afp.agentic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a task was begun and closed, as its journal says. */
public record TaskTimes(Instant started, Instant closed) {

  /** Those of a task; empty where it is not closed. */
  public static Optional<TaskTimes> of(TaskState state) {
    return state
        .journal()
        .start()
        .flatMap(s -> state.journal().closing().map(c -> new TaskTimes(s.at(), c.at())));
  }

  /** From one to the other. */
  public Duration took() {
    return Duration.between(started, closed);
  }
}
