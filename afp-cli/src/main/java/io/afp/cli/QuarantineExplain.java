package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows rows that are in quarantine. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows rows of the quarantine of a table: the row, and each check that it breaks as a sentence.",
      "Personal values are masked; `afp sql --lake` shows the table of the quarantine as it is."
    })
final class QuarantineExplain extends KeptOutExplain {

  @Option(
      names = "--check",
      paramLabel = "CHECK",
      description = "Only those that break this check.")
  String reason;

  @Override
  String reason() {
    return reason;
  }

  QuarantineExplain() {
    super(KeptOutText.QUARANTINE);
  }
}
