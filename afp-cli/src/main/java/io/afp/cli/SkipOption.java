package io.afp.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** For an orchestrator that tells work from none. */
final class SkipOption {

  @Option(
      names = "--skip-code",
      paramLabel = "N",
      description = "The exit code when there is nothing to do (default: 0).")
  int skipCode;

  /** For a driver. */
  List<String> arguments() {
    return List.of("--skip-code", Integer.toString(skipCode));
  }
}
