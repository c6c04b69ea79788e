package io.afp.cli;

import picocli.CommandLine.Command;

/** Counts the rejects that are there. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Counts the rejects that are there now, by table, interval, column and reason.",
      "A row counts for each of its reasons; the rows themselves are shown by `afp rejects explain`."
    })
final class RejectsList extends KeptOutList {

  RejectsList() {
    super(KeptOutText.REJECTS);
  }
}
