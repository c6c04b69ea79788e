package io.afp.cli;

import picocli.CommandLine.Command;

/** Judges rejects by the contract of today. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Judges the rejects of a table by the contract of today: what fits now gets into the table, and out of the rejects.",
      "It is a run: with a branch, checks, one publish and serving. Running it again changes nothing."
    })
final class RejectsReplay extends KeptOutReplay {

  RejectsReplay() {
    super(KeptOutText.REJECTS, "--replay");
  }
}
