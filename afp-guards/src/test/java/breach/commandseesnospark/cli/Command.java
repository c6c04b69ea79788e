package breach.commandseesnospark.cli;

import breach.commandseesnospark.core.job.Run;
import breach.commandseesnospark.core.lake.LakeSession;
import breach.commandseesnospark.core.spi.Model;

/** A seeded breach. */
final class Command {
  LakeSession lake;
  Model model;
  Run run;
}
