package io.afp.core.job;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The arguments of all that works on a pipeline. */
abstract class PipelineArguments {

  @Option(names = "--pipeline", description = "The folder of the pipeline.")
  Path pipeline;

  @Option(names = "--restate", description = "Does done intervals again.")
  boolean restate;

  @Option(
      names = "--select",
      description =
          "Only these tables: core.flight, core.flight+ with what is made of it, +core.flight with what it is made of, core.*; several with commas.")
  String select;

  @Option(
      names = "--threads",
      description = "How many tables are filled side by side (default: ${DEFAULT-VALUE}).")
  int threads = 4;

  @Option(
      names = "--project",
      description =
          "The folder of afp.yaml; else the nearest one at or above the working directory.")
  Path project;

  @Option(names = "--env", description = "The environment of afp.yaml; else AFP_ENV.")
  String environment;

  @Option(names = "--skip-code", description = "The exit code when there is nothing to do.")
  int skipCode;

  @Option(names = "--report", hidden = true, description = "Where the result is written as JSON.")
  Path report;

  Selection selection() {
    return Selection.parse(select);
  }

  /** The environment that was asked for, or that of the process. */
  Optional<String> environment() {
    return Optional.ofNullable(environment).or(() -> Optional.ofNullable(System.getenv("AFP_ENV")));
  }

  /** Where the search for the project starts. */
  Path projectStart() {
    return project == null ? Path.of("") : project;
  }
}
