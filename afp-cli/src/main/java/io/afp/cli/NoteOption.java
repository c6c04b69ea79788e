package io.afp.cli;

import picocli.CommandLine.Option;

/** Why a person decides so. */
final class NoteOption {

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why, for whoever reads it later.")
  String text;
}
