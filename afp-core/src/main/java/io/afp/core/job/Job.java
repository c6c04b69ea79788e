package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import io.afp.core.error.Category;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.lake.LakeErrors;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.EmbeddedPostgres;
import io.afp.core.ledger.LedgerVersion;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.Runs;
import io.afp.core.logging.RunLog;
import io.afp.core.settings.Settings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * The life of a job: parse, open, run, always close, exit code.
 *
 * <p>Whatever happens, the process ends with the exit code of its category, the run is recorded in
 * the ledger, and the last line of the log says how it ended.
 */
public final class Job {

  private static final Logger log = LoggerFactory.getLogger(Job.class);

  private final String name;
  private final Set<Phase> phases;
  private final Optional<PipelineDef> declared;

  private Job(String name, Set<Phase> phases, Optional<PipelineDef> declared) {
    this.name = name;
    this.phases = Set.copyOf(phases);
    this.declared = declared;
  }

  /** A job that does some phases of a declared pipeline. */
  public static Job of(String name, Phase... phases) {
    return new Job(name, Set.of(phases), Optional.empty());
  }

  /**
   * A job that runs a pipeline that was declared in Java, with all layers that are on the class
   * path.
   */
  public static Job of(PipelineDef pipeline) {
    return new Job(pipeline.name(), Set.of(Phase.values()), Optional.of(pipeline));
  }

  /** A job that is written in Java instead of being declared. */
  public static CodedJob named(String pipeline) {
    return new CodedJob(pipeline, Optional.empty());
  }

  /** Runs the job and ends the process. */
  public void main(String[] args) {
    ProcessEnd.with(run(args));
  }

  /** Runs the job; the result is the exit code. */
  public int run(String[] args) {
    return run(name, args, this::execute);
  }

  /** What a job does once its arguments are parsed. */
  @FunctionalInterface
  interface Body {
    JobResult execute(JobArguments arguments);
  }

  static int run(String name, String[] args, Body body) {
    JobArguments arguments = new JobArguments();
    Optional<Integer> ended = parse(name, args, arguments);
    if (ended.isPresent()) {
      return ended.get();
    }
    JobResult result = result(() -> body.execute(arguments));
    return end(name, result, arguments.report, null);
  }

  /**
   * Ends a job: the report, if one is asked for, and the last line of the log.
   *
   * @param report where the result is written; null for nowhere
   * @param data what the report says beside; null for nothing
   */
  static int end(String name, JobResult result, Path report, ObjectNode data) {
    if (report != null) {
      write(result, report, data);
    }
    log.info("{}: {} (exit code {})", name, result.outcome(), result.exitCode());
    return result.exitCode();
  }

  /** Fills the arguments of a job; the exit code where that is all, as with {@code --help}. */
  static Optional<Integer> parse(String name, String[] args, Object arguments) {
    CommandLine command = new CommandLine(arguments).setCommandName(name);
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("Exit codes:%n")
        .exitCodeList(Category.exitCodes());
    try {
      boolean helped = CommandLine.printHelpIfRequested(command.parseArgs(args));
      return helped ? Optional.of(0) : Optional.empty();
    } catch (CommandLine.ParameterException e) {
      log.error("{} {}", ErrorCode.USAGE.code(), e.getMessage());
      return Optional.of(ErrorCode.USAGE.category().exitCode());
    }
  }

  /** A report that can't be written changes nothing about how the job ended. */
  private static void write(JobResult result, Path report, ObjectNode data) {
    try {
      result.write(report, data);
    } catch (UncheckedIOException e) {
      log.error("Cannot write the report of the job (file={})", report, e);
    }
  }

  /**
   * The result of the work; its failure is logged, once, and becomes a result. The work ends with
   * the command that started this process. What fails while the process is being ended was
   * interrupted, whatever the failure is: Spark ends first and takes the work down.
   */
  static JobResult result(Supplier<JobResult> work) {
    CommandWatch.start();
    TimeZone.setDefault(TimeZone.getTimeZone("UTC")); // JDBC gives times in the zone of the process
    try {
      StartCheck.pass();
      return work.get();
    } catch (Exception | Error e) { // also a lack of memory ends with a report
      AfpException failure = failure(e);
      log.error("{}{}", failure.getMessage(), fixes(failure), e);
      return new JobResult(
          failure.exitCode(), "failed", RunLog.runId(), Optional.empty(), failure.problems());
    }
  }

  /** What to do; and the other problems, where there are some. */
  private static String fixes(AfpException failure) {
    Stream<String> others = failure.problems().stream().skip(1).map(Problem::toText);
    return Stream.concat(Stream.of("    fix  " + failure.problems().get(0).fix()), others)
        .collect(Collectors.joining("\n", "\n", ""));
  }

  private static AfpException failure(Throwable e) {
    AfpException failure = LakeErrors.translate("run the job", e);
    if (failure.code() == ErrorCode.INTERRUPTED || !Shutdown.hasBegun()) {
      return failure;
    }
    return new AfpException(
        ErrorCode.INTERRUPTED,
        "Cannot finish the command: it was interrupted",
        "Run the same command again.",
        e);
  }

  private JobResult execute(JobArguments arguments) {
    Project project = Project.at(arguments.projectStart());
    PipelineDef pipeline = declared.orElseGet(() -> read(project, arguments.pipeline));
    Settings settings = Settings.load(project, arguments.environment(), System.getenv());
    Optional<Interval> interval = arguments.requested(pipeline);
    try (Opened opened = Opened.open(settings, pipeline, arguments, interval)) {
      return new Run(settings, pipeline, opened.database(), arguments, phases)
          .execute(opened.run(), interval);
    }
  }

  /** The pipeline that an argument names. */
  static PipelineDef read(Project project, Path pipeline) {
    if (pipeline == null) {
      throw new AfpException(
          ErrorCode.USAGE, "Cannot run: no pipeline is named", "Give --pipeline FOLDER.");
    }
    return PipelineReader.read(project, pipeline);
  }

  /** The connection to the ledger, and which run this is. */
  record Opened(Database database, RunRecord run) implements AutoCloseable {

    static Opened open(
        Settings settings,
        PipelineDef pipeline,
        JobArguments arguments,
        Optional<Interval> interval) {
      Database.Account account = account(settings);
      String nameBefore =
          Run.given(pipeline, arguments)
              .map(id -> RunScope.applicationName(pipeline.name(), id))
              .orElse("afp/" + pipeline.name());
      RunRecord run;
      try (Database first = Database.open(account, nameBefore)) {
        LedgerVersion.require(first);
        run = Run.identify(new Runs(first), pipeline, arguments, interval);
      }
      RunLog.begin(run.id(), pipeline.name());
      String name = RunScope.applicationName(pipeline.name(), run.id());
      return new Opened(Database.open(account, name), run);
    }

    @Override
    public void close() {
      database.close();
    }
  }

  /** The database of the ledger and the catalog. */
  static Database.Account account(Settings settings) {
    if (settings.lake().uri().isPresent()) {
      return new Database.Account(
          settings.lake().uri().get(), settings.lake().user(), settings.lake().password());
    }
    return new EmbeddedPostgres(settings.home())
        .live()
        .orElseThrow(
            () ->
                new AfpException(
                    ErrorCode.EMBEDDED_POSTGRES,
                    "Cannot reach the ledger: the embedded Postgres of the project is not running (project=%s)"
                        .formatted(settings.root()),
                    "Start it by `afp db start`, or name your own Postgres in afp.yaml (lake.uri)."));
  }
}
