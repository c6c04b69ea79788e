package breach.coreknowsnolayer.core.lake;

import breach.coreknowsnolayer.ingestion.Ingestion;

/** A seeded breach. */
final class Lake {
  Ingestion seen;
}
