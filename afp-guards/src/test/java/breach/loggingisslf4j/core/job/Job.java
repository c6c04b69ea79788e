package breach.loggingisslf4j.core.job;

import java.util.logging.Logger;

/** A seeded breach. */
final class Job {
  Logger seen;
}
