package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import picocli.CommandLine.Option;

/** How much of a long list is shown. */
final class LimitOption {

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Shows the newest N (default: ${DEFAULT-VALUE}).")
  int limit;

  int value() {
    if (limit < 1) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot show a list: --limit is not a positive number (limit=%d)".formatted(limit),
          "Write a number from 1.");
    }
    return limit;
  }
}
