package io.afp.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which tables of a pipeline a command works on. */
final class SelectOption {

  @Option(
      names = "--select",
      paramLabel = "TABLES",
      description =
          "Only these tables: core.flight; core.flight+ with what is made of it; +core.flight with what it is made of; core.*; several with commas.")
  String select;

  Optional<String> value() {
    return Optional.ofNullable(select);
  }

  /** For a driver. */
  List<String> arguments() {
    return value().map(tables -> List.of("--select", tables)).orElse(List.of());
  }
}
