package breach.layersdonotknowdrivers.serving;

import breach.layersdonotknowdrivers.pipeline.Pipeline;

/** A seeded breach. */
final class Serving {
  Pipeline seen;
}
