package breach.commandseesnospark.cli;

import breach.commandseesnospark.core.lake.LakeSession;

/** A seeded breach. */
final class Command {
  LakeSession seen;
}
