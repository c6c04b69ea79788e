package io.afp.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which of the tables, and whether also those that are done. */
final class SelectionOptions {

  @Option(names = "--restate", description = "Does done intervals again.")
  boolean restate;

  @Option(
      names = "--select",
      paramLabel = "TABLES",
      description =
          "Only these tables: core.flight; core.flight+ with what is made of it; +core.flight with what it is made of; core.*; several with commas.")
  String select;

  /** For a driver. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (select != null) {
      arguments.addAll(List.of("--select", select));
    }
    if (restate) {
      arguments.add("--restate");
    }
    return arguments;
  }
}
