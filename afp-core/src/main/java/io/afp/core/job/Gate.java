package io.afp.core.job;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.RejectsDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.definition.WriteDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.Count;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.lake.LakeErrors;
import io.afp.core.lake.ReadTables;
import io.afp.core.lake.WrittenRows;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.Results;
import io.afp.core.ledger.StepRecord;
import io.afp.core.ledger.Steps;
import io.afp.core.ledger.Verdict;
import io.afp.core.logging.RunLog;
import io.afp.core.measure.History;
import io.afp.core.measure.State;
import io.afp.core.spi.Judge;
import io.afp.core.spi.Judge.Part;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.StepInputs;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges everything that an attempt wrote, and lets it be published or not. */
final class Gate {

  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);

  private final Attempt attempt;
  private final PipelineDef pipeline;
  private final List<Judge> judges;
  private final Results results;
  private final boolean replay;

  Gate(Attempt attempt, PipelineDef pipeline, List<Judge> judges) {
    this(attempt, pipeline, judges, false);
  }

  private Gate(Attempt attempt, PipelineDef pipeline, List<Judge> judges, boolean replay) {
    this.attempt = attempt;
    this.pipeline = pipeline;
    this.judges = judges;
    this.replay = replay;
    this.results = new Results(attempt.scope().database());
  }

  /**
   * For an attempt that has judged rejects again. How many stay does not matter: the run that
   * stored them was allowed to.
   */
  static Gate ofReplay(Attempt attempt, PipelineDef pipeline, List<Judge> judges) {
    return new Gate(attempt, pipeline, judges, true);
  }

  /**
   * Judges every table that the attempt wrote, records the verdicts, and ends well only if none of
   * them stops the publish.
   *
   * @throws AfpException GATE_FAILED with one problem for each check that stops it
   */
  void pass() {
    List<Problem> stopping = new ArrayList<>();
    for (StepRecord step : attempt.filled()) {
      TableDef table = pipeline.table(step.table()).orElseThrow();
      for (Verdict verdict : judge(table, step)) {
        if (verdict.status().stopsPublish()) {
          stopping.add(problem(table, verdict));
        }
      }
    }
    if (!stopping.isEmpty()) {
      throw AfpException.of(stopping);
    }
  }

  private List<Verdict> judge(TableDef table, StepRecord step) {
    RunLog.step(table.name().toString());
    progress.info("{}: quality", table.name());
    Steps steps = attempt.steps();
    steps.start(Phase.QUALITY, table.name(), step.fingerprint(), step.checks());
    Narrator narrator = attempt.scope().narrator();
    RunEvent.Step told = narrator.started(attempt.record().number(), Phase.QUALITY, table);
    CheckPoints points = new CheckPoints(attempt, pipeline, table, step, results);
    List<Verdict> verdicts;
    try {
      verdicts = verdicts(table, step, points);
    } catch (Exception e) {
      steps.fail(Phase.QUALITY, table.name());
      AfpException failure = LakeErrors.translate("judge table " + table.name(), e);
      narrator.failed(told, failure);
      throw failure;
    } finally {
      RunLog.step(null);
    }
    results.record(attempt.record(), table.name(), verdicts);
    if (!replay) { // rows that are added to units say nothing of these
      points.record(verdicts);
    }
    steps.finish(Phase.QUALITY, table.name(), Steps.Outcome.of(verdicts.size(), 0));
    narrator.ended(told, () -> result(table, step, verdicts));
    return verdicts;
  }

  private RunEvent.Result result(TableDef table, StepRecord step, List<Verdict> verdicts) {
    return new RunEvent.Result(
        step.rowsIn(),
        0,
        step.rowsRejected(),
        0,
        OptionalLong.empty(),
        step.snapshots().stream().mapToLong(Long::longValue).reduce((first, last) -> last),
        attempt.places(Set.of(table.name())),
        Map.of(),
        Figures.of(table, results.metrics(table, step.snapshots())),
        verdicts.stream().map(RunEvent.Judged::of).toList(),
        Map.of());
  }

  private List<Verdict> verdicts(TableDef table, StepRecord step, CheckPoints points) {
    List<Verdict> verdicts = new ArrayList<>();
    if (replay && step.snapshots().isEmpty()) {
      return verdicts;
    }
    if (!replay && (table.source().isPresent() || step.rowsRejected() > 0)) {
      verdicts.add(rejects(table, step));
    }
    if (!table.allChecks().isEmpty()) {
      requireJudge(table);
      Judge.Case written = new WrittenCase(table, step, points);
      judges.forEach(judge -> verdicts.addAll(judge.judge(written)));
    }
    return verdicts;
  }

  private void requireJudge(TableDef table) {
    if (judges.isEmpty()) {
      throw AfpException.at(
          Location.file(table.file()),
          ErrorCode.CHECK_BROKEN,
          "Cannot judge table %s: no quality layer is on the class path".formatted(table.name()),
          "Add afp-quality to the class path.");
    }
  }

  private Verdict rejects(TableDef table, StepRecord step) {
    RejectsDef limits = table.rejects();
    boolean passed = limits.allows(step.rowsRejected(), step.rowsIn());
    String message =
        "%d of %d %s broke the contract, at most %s may%s; see %s"
            .formatted(
                step.rowsRejected(),
                step.rowsIn(),
                Count.noun(step.rowsIn(), "row"),
                RejectText.limits(limits),
                RejectText.first(attempt.steps().rejects(table.name())),
                table.name().rejects());
    return new Verdict(
        CheckDef.rejects(table.name(), limits.atMost()),
        passed ? Verdict.Status.PASSED : Verdict.Status.FAILED,
        step.rowsIn(),
        step.rowsRejected(),
        "write",
        message,
        List.of());
  }

  private Problem problem(TableDef table, Verdict verdict) {
    boolean rejects = verdict.check().rule() instanceof CheckDef.Rejects;
    return Problem.error(
        rejects ? ErrorCode.TOO_MANY_REJECTS : ErrorCode.GATE_FAILED,
        "Cannot publish: check %s failed: %s".formatted(verdict.check().name(), verdict.message()),
        Location.file(table.file()),
        "Look at the rows: " + look(table, verdict.check()));
  }

  /** The rejects of a program are in no pipeline that the command could read. */
  private String look(TableDef table, CheckDef check) {
    boolean rejects = check.rule() instanceof CheckDef.Rejects;
    if (check.quarantine() || rejects && table.source().isPresent()) {
      return "afp %s explain %s %s --run %s"
          .formatted(
              rejects ? KeptOut.REJECTS : KeptOut.QUARANTINE,
              folder(),
              table.name(),
              attempt.record().runId());
    }
    TableName shown = rejects ? table.name().rejects() : table.name();
    return "afp sql --lake --branch %s \"SELECT * FROM %s\""
        .formatted(attempt.record().branch(), shown);
  }

  private Path folder() {
    Path root = attempt.scope().settings().root().toAbsolutePath().normalize();
    Path folder = pipeline.folder().toAbsolutePath().normalize();
    return folder.startsWith(root) ? root.relativize(folder) : folder;
  }

  /** What a step wrote, for its judges. */
  private final class WrittenCase implements Judge.Case {
    private final TableDef table;
    private final StepRecord step;
    private final CheckPoints points;

    WrittenCase(TableDef table, StepRecord step, CheckPoints points) {
      this.table = table;
      this.step = step;
      this.points = points;
    }

    private SparkSession session() {
      return attempt.session();
    }

    @Override
    public TableDef table() {
      return table;
    }

    @Override
    public Map<String, Metric> metrics() {
      boolean same = step.checks().equals(Plan.checksOf(table));
      return same ? results.metrics(table, step.snapshots()) : Map.of();
    }

    @Override
    public Dataset<Row> rows() {
      return new WrittenRows(session(), table).of(ranges(), step.snapshots());
    }

    private List<Optional<Interval>> ranges() {
      List<Unit> units =
          step.units().stream()
              .filter(label -> table.hasInterval())
              .map(label -> Interval.parse(label, calendar()))
              .map(Unit::of)
              .toList();
      return StepInputs.ranges(units);
    }

    private IntervalDef calendar() {
      return pipeline.interval().orElseThrow();
    }

    @Override
    public Dataset<Row> rowsForKey() {
      WriteDef.WriteMode mode = table.write().mode();
      boolean beside = mode == WriteDef.WriteMode.APPEND || mode.merges();
      return beside ? session().table(table.name().toString()) : rows();
    }

    @Override
    public ZonedDateTime asOf() {
      ZoneId zone = pipeline.interval().map(IntervalDef::zone).orElse(ZoneOffset.UTC);
      return ranges().stream()
          .flatMap(Optional::stream)
          .map(Interval::end)
          .max(Instant::compareTo)
          .or(() -> attempt.scope().run().end())
          .orElseGet(attempt::startedAt)
          .atZone(zone);
    }

    @Override
    public History history(CheckDef check) {
      return points.before(check);
    }

    @Override
    public Optional<State> before(CheckDef check) {
      return points.wholeBefore(check);
    }

    @Override
    public List<Part> parts(Metric whole) {
      return replay ? List.of() : points.parts(whole);
    }

    @Override
    public Dataset<Row> rowsOf(TableName name) {
      markRead(Set.of(name));
      return session().table(name.toString());
    }

    @Override
    public Dataset<Row> query(String sql) {
      Dataset<Row> given = session().sql(sql);
      markRead(ReadTables.of(given));
      return given;
    }

    private void markRead(Set<TableName> tables) {
      Set<TableName> others = new HashSet<>(tables);
      others.remove(table.name());
      attempt.branches().markRead(attempt.record().branch(), others);
    }
  }
}
