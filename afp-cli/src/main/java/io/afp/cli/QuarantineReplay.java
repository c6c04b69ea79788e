package io.afp.cli;

import picocli.CommandLine.Command;

/** Judges rows that are in quarantine by the checks of today. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Judges the quarantine of a table by the checks of today: what obeys now gets into the table, and out of the quarantine.",
      "It is a run: with a branch, checks, one publish and serving. Running it again changes nothing."
    })
final class QuarantineReplay extends KeptOutReplay {

  QuarantineReplay() {
    super(KeptOutText.QUARANTINE, "--replay-quarantine");
  }
}
