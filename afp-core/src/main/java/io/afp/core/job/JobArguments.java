package io.afp.core.job;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.ledger.Runs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The arguments that every job jar takes. */
@Command(
    name = "afp-job",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs its part of a pipeline.")
public final class JobArguments {

  @Option(names = "--pipeline", description = "The folder of the pipeline.")
  Path pipeline;

  @Option(
      names = "--interval",
      description = "Whole units of the pipeline: 2013, 2013-03, 2013-03-05, or first..last.")
  String interval;

  @Option(names = "--restate", description = "Does done intervals again.")
  boolean restate;

  @Option(
      names = "--full-refresh",
      description =
          "Builds the tables anew from nothing: all their done intervals, and those that are asked for.")
  boolean fullRefresh;

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
      names = "--publish-partial",
      description =
          "When tables fail, publishes those that neither failed nor are made of one that did; the job still ends with the failure.")
  boolean publishPartial;

  @Option(
      names = "--run-key",
      description = "A text that is unique per run: all jobs with it work on one branch.")
  String runKey;

  @Option(names = "--run-id", hidden = true, description = "The id of the run.")
  UUID runId;

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

  /** What was asked for, as text. */
  String request(Optional<Interval> interval) {
    String request = Runs.request(interval, Optional.ofNullable(select));
    return fullRefresh ? Runs.fullRefresh(request) : request;
  }

  /** The interval that was asked for; a full refresh can do without one. */
  Optional<Interval> requested(PipelineDef pipeline) {
    return fullRefresh && interval == null
        ? Optional.empty()
        : pipeline.requested(Optional.ofNullable(interval));
  }

  Optional<String> runKey() {
    return Optional.ofNullable(runKey);
  }

  Optional<UUID> runId() {
    return Optional.ofNullable(runId);
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
