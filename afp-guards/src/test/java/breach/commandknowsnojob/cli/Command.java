package breach.commandknowsnojob.cli;

import breach.commandknowsnojob.transform.Transform;

/** A seeded breach. */
final class Command {
  Transform seen;
}
