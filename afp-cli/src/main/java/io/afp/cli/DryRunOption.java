package io.afp.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** To look first. */
final class DryRunOption {

  @Option(names = "--dry-run", description = "Says what would be done, and changes nothing.")
  boolean dryRun;

  /** For a driver. */
  List<String> arguments() {
    return dryRun ? List.of("--dry-run") : List.of();
  }
}
