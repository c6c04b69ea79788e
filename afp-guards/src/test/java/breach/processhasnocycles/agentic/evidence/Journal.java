package breach.processhasnocycles.agentic.evidence;

import breach.processhasnocycles.agentic.tasks.Task;

/** A seeded breach: it closes the circle. */
public final class Journal {
  Task seen;
}
