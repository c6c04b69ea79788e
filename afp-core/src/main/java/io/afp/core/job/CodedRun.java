package io.afp.core.job;

import io.afp.core.definition.DefinitionHash;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.Contract;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.lake.RawRows;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.Runs;
import io.afp.core.ledger.StepUnit;
import io.afp.core.spi.Filled;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.RawSource;
import io.afp.core.spi.Stage;
import io.afp.core.spi.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One run of a program: what it writes becomes steps, which are judged, published and served like
 * any others.
 */
final class CodedRun implements JobRun {

  private final RunScope scope;
  private final Optional<Interval> interval;
  private final Interrupt interrupt;
  private final Plugins plugins = Plugins.load();
  private final List<TableDef> written = new ArrayList<>();
  private Attempt attempt;
  private SparkSession readOnly;

  CodedRun(RunScope scope, Optional<Interval> interval, Interrupt interrupt) {
    this.scope = scope;
    this.interval = interval;
    this.interrupt = interrupt;
  }

  JobResult execute(CodedJob.Program program) {
    Optional<RunRecord> known = new Runs(scope.database()).find(scope.runId());
    if (known.filter(RunRecord::isPublished).isPresent()) {
      return serveAgain(program);
    }
    if (known.filter(RunRecord::hasSucceeded).isPresent()) {
      return new JobResult(
          0, "nothing_to_do", Optional.of(scope.runId()), Optional.empty(), List.of());
    }
    return runAll(program);
  }

  /** The run was killed behind its publish: the program only says again which tables it fills. */
  private JobResult serveAgain(CodedJob.Program program) {
    scope.narrator().start(new Runs(scope.database()));
    readOnly = scope.lakeSession().onMain(scope.spark().session());
    runProgram(program);
    return serve("served", Optional.empty());
  }

  private JobResult runAll(CodedJob.Program program) {
    Runs runs = new Runs(scope.database());
    scope.narrator().start(runs);
    attempt = Attempt.open(scope, Plan.none(), List.of());
    interrupt.works(attempt);
    runProgram(program);
    new Gate(attempt, pipelineOfWritten(), plugins.judges()).pass();
    long release = attempt.publish();
    interrupt.published();
    return serve("published", Optional.of(release));
  }

  private JobResult serve(String outcome, Optional<Long> release) {
    PipelineDef pipeline = pipelineOfWritten();
    RunScope published =
        new RunScope(
            scope.settings(),
            pipeline,
            scope.database(),
            scope.run(),
            scope.lease(),
            scope.spark(),
            scope.narrator());
    Serving serving = new Serving(published, plugins.server());
    serving.serve(serving.pending());
    new Runs(scope.database()).succeed(scope.runId());
    return new JobResult(0, outcome, Optional.of(scope.runId()), release, List.of());
  }

  private void runProgram(CodedJob.Program program) {
    try {
      program.run(this);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AfpException(
          ErrorCode.INTERNAL,
          "Cannot finish the job: its program failed (%s)".formatted(e),
          "Nothing was published. Correct the program.",
          e);
    }
    if (written.isEmpty()) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot publish: the program wrote no table",
          "Write a table by run.table(…).replace(…) or append(…).");
    }
  }

  private PipelineDef pipelineOfWritten() {
    PipelineDef empty = scope.pipeline();
    return new PipelineDef(
        empty.name(),
        empty.description(),
        empty.owner(),
        empty.interval(),
        empty.schedule(),
        empty.sla(),
        empty.airflow(),
        empty.folder(),
        written);
  }

  @Override
  public Raw read(RawSource source) {
    RawRows rows = source.read(spark());
    return (contract, nullValues) ->
        new Contract(contract, List.of(nullValues), scope.hash()).conform(rows);
  }

  @Override
  public SparkSession spark() {
    return readOnly == null ? attempt.session() : readOnly;
  }

  @Override
  public Optional<Interval> interval() {
    return interval;
  }

  @Override
  public Target table(TableDef table) {
    return new Writing(table);
  }

  private void fill(
      TableDef table, Optional<Interval> range, Function<StepContext, Filled> writing) {
    requireFirst(table);
    requireRange(table, range);
    if (readOnly != null) {
      written.add(table);
      return;
    }
    List<Unit> units =
        range.map(r -> r.units().stream().map(Unit::of).toList()).orElse(List.of(Unit.all()));
    String hash = DefinitionHash.of(table, scope.pipeline().interval());
    List<StepUnit> covered =
        units.stream().map(unit -> new StepUnit(unit, hash, List.of())).toList();
    Inputs none = Inputs.ofTables(Set.of());
    Plan.Step step = new Plan.Step(table, new ProgramStage(writing), none, covered, Plan.Way.USUAL);
    new StepRunner(attempt, step, plugins.observers()).run();
    written.add(table);
  }

  private void requireFirst(TableDef table) {
    if (written.stream().anyMatch(t -> t.name().equals(table.name()))) {
      throw new AfpException(
          ErrorCode.CONTRADICTION,
          "Cannot write table %s: the program has written it in this run".formatted(table.name()),
          "Bring the rows together and write them once.");
    }
  }

  private static void requireRange(TableDef table, Optional<Interval> range) {
    if (table.hasInterval() != range.isPresent()) {
      throw new AfpException(
          ErrorCode.CONTRADICTION,
          "Cannot write table %s: %s"
              .formatted(
                  table.name(),
                  table.hasInterval()
                      ? "it is written by interval and none is given"
                      : "an interval is given and it declares no interval_column"),
          "Give run.interval() exactly for tables with an interval column.");
    }
  }

  /** What a program does to one table. */
  private record ProgramStage(Function<StepContext, Filled> writing) implements Stage {

    @Override
    public Phase phase() {
      return Phase.TRANSFORM;
    }

    @Override
    public boolean fills(TableDef table) {
      return true;
    }

    @Override
    public Inputs inputs(InputRequest request) {
      return Inputs.ofTables(Set.of());
    }

    @Override
    public Filled fill(StepContext step) {
      return writing.apply(step);
    }
  }

  private final class Writing implements Target {
    private final TableDef table;

    Writing(TableDef table) {
      this.table = table;
    }

    @Override
    public void replace(Conformed rows, Optional<Interval> range) {
      requireMode(WriteMode.REPLACE);
      fill(table, range, step -> step.write(rows, range));
    }

    @Override
    public void replace(Dataset<Row> rows, Optional<Interval> range) {
      requireMode(WriteMode.REPLACE);
      write(rows, range);
    }

    @Override
    public void append(Dataset<Row> rows, Optional<Interval> range) {
      requireMode(WriteMode.APPEND);
      write(rows, range);
    }

    private void write(Dataset<Row> rows, Optional<Interval> range) {
      fill(table, range, step -> Filled.of(step.write(rows, range).rows()));
    }

    private void requireMode(WriteMode mode) {
      if (table.write().mode() != mode) {
        throw new AfpException(
            ErrorCode.CONTRADICTION,
            "Cannot %s table %s: it is declared for another write mode (mode=%s)"
                .formatted(mode.word(), table.name(), table.write().mode()),
            "Declare the table for it, or call the other method.");
      }
    }
  }
}
