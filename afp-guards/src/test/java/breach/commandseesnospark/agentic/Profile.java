package breach.commandseesnospark.agentic;

import breach.commandseesnospark.core.lake.LakeSession;

/** A seeded breach. */
final class Profile {
  LakeSession lake;
}
