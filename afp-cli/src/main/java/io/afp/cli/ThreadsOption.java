package io.afp.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** How much is done side by side. */
final class ThreadsOption {

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many tables are filled side by side (default: ${DEFAULT-VALUE}).")
  int threads = 4;

  /** For a driver. */
  List<String> arguments() {
    return List.of("--threads", Integer.toString(threads));
  }
}
