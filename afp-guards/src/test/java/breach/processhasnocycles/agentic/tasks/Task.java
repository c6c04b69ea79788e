package breach.processhasnocycles.agentic.tasks;

import breach.processhasnocycles.agentic.evidence.Journal;

/** The other half of the circle. */
public final class Task {
  Journal seen;
}
