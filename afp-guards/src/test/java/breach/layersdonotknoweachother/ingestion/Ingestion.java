package breach.layersdonotknoweachother.ingestion;

import breach.layersdonotknoweachother.quality.Quality;

/** A seeded breach. */
final class Ingestion {
  Quality seen;
}
