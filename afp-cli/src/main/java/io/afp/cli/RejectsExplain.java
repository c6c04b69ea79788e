package io.afp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows rejects. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows rejects of a table: the file, the record, and each reason as a sentence.",
      "Personal values are masked; `afp sql --lake` shows the table of rejects as it is."
    })
final class RejectsExplain extends KeptOutExplain {

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only those with this reason, such as type.")
  String reason;

  @Override
  String reason() {
    return reason;
  }

  RejectsExplain() {
    super(KeptOutText.REJECTS);
  }
}
