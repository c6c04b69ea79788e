package io.afp.cli;

import picocli.CommandLine.Command;

/** Counts the rows that are in quarantine. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Counts the rows that are in quarantine now, by table, interval, column and check.",
      "A row counts for each check that it breaks; the rows are shown by `afp quarantine explain`."
    })
final class QuarantineList extends KeptOutList {

  QuarantineList() {
    super(KeptOutText.QUARANTINE);
  }
}
