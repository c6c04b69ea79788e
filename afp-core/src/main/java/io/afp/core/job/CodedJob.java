package io.afp.core.job;

import io.afp.core.definition.AirflowDef;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.LeaseKeeper;
import io.afp.core.settings.Settings;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A job that is written in Java: the same branch, contract, gate, publish and serving as a declared
 * pipeline, with a program of one's own in the middle.
 *
 * <p>The program runs again each time, because nobody but itself knows what it reads. When it
 * throws, nothing is published.
 */
public final class CodedJob {

  private final String pipeline;
  private final Optional<IntervalDef> calendar;

  CodedJob(String pipeline, Optional<IntervalDef> calendar) {
    this.pipeline = pipeline;
    this.calendar = calendar;
  }

  /** The program between the opening and the publish of a run. */
  @FunctionalInterface
  public interface Program {
    void run(JobRun run) throws Exception;
  }

  /** The job works on intervals of this unit, and takes {@code --interval}. */
  public CodedJob every(IntervalUnit unit, ZoneId zone) {
    return new CodedJob(pipeline, Optional.of(new IntervalDef(unit, zone)));
  }

  /** Runs the program and ends the process with its exit code. */
  public void main(String[] args, Program program) {
    ProcessEnd.with(run(args, program));
  }

  /** Runs the program; the result is the exit code. */
  public int run(String[] args, Program program) {
    return Job.run(pipeline, args, arguments -> execute(arguments, program));
  }

  private JobResult execute(JobArguments arguments, Program program) {
    requireNoRefresh(arguments);
    Settings settings =
        Settings.load(
            Project.at(arguments.projectStart()), arguments.environment(), System.getenv());
    PipelineDef definition = definition(List.of());
    Optional<Interval> interval = arguments.requested(definition);
    try (Job.Opened opened = Job.Opened.open(settings, definition, arguments, interval);
        Audience audience = Audience.of(settings);
        LeaseKeeper lease = Run.take(opened, definition);
        SparkDriver spark = SparkDriver.of("afp:" + pipeline, settings)) {
      Narrator narrator = new Narrator(audience, opened.database(), opened.run(), definition);
      RunScope scope =
          new RunScope(
              settings, definition, opened.database(), opened.run(), lease, spark, narrator);
      try (Interrupt interrupt = Interrupt.guard(scope)) {
        JobResult result = guarded(scope, interval, interrupt, program);
        narrator.ended(result);
        return result;
      }
    }
  }

  /** What intervals a program would write again is known to nobody. */
  private static void requireNoRefresh(JobArguments arguments) {
    if (arguments.fullRefresh) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot build tables anew: a program decides itself what it writes (--full-refresh)",
          "Leave --full-refresh out, and write all rows by a program for tables without intervals.");
    }
  }

  private JobResult guarded(
      RunScope scope, Optional<Interval> interval, Interrupt interrupt, Program program) {
    try {
      return new CodedRun(scope, interval, interrupt).execute(program);
    } catch (Exception | Error e) { // whatever the program throws, the run is left in order
      interrupt.failed(e);
      throw e;
    }
  }

  private PipelineDef definition(List<TableDef> tables) {
    return new PipelineDef(
        pipeline,
        Optional.empty(),
        Optional.empty(),
        calendar,
        Optional.empty(),
        Optional.empty(),
        AirflowDef.empty(),
        Path.of(""),
        tables);
  }
}
