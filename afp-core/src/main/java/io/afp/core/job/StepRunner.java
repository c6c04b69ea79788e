package io.afp.core.job;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.drift.Drift;
import io.afp.core.drift.SourceColumns;
import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import io.afp.core.lake.ColumnOrigin;
import io.afp.core.lake.Contract;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.lake.LakeErrors;
import io.afp.core.lake.LakeTables;
import io.afp.core.lake.LakeViews;
import io.afp.core.lake.MetadataColumns;
import io.afp.core.lake.Quarantine;
import io.afp.core.lake.RowCount;
import io.afp.core.lake.TableWriter;
import io.afp.core.lake.WriteObserver;
import io.afp.core.lake.Written;
import io.afp.core.ledger.AttemptRecord;
import io.afp.core.ledger.InputText;
import io.afp.core.ledger.LoadedFiles;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.Results;
import io.afp.core.ledger.SchemaVersion;
import io.afp.core.ledger.SchemaVersions;
import io.afp.core.ledger.StepUnit;
import io.afp.core.ledger.StepUnit.Earlier;
import io.afp.core.ledger.Steps;
import io.afp.core.ledger.Watermark;
import io.afp.core.ledger.Watermarks;
import io.afp.core.logging.RunLog;
import io.afp.core.spi.Filled;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Outside;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.StepContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills one table in an attempt, and records it. */
final class StepRunner implements StepContext {

  private static final Logger log = LoggerFactory.getLogger(StepRunner.class);
  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);

  private final Attempt attempt;
  private final Plan.Step step;
  private final TableWriter writer;
  private final Results results;
  private final Rejects rejects;
  private final Quarantining quarantining;
  private final List<WriteObserver> observers;
  private final List<Written> commits = new ArrayList<>();
  private final List<SchemaVersion> schemas = new ArrayList<>();
  private final Watermarks watermarks;
  private final Map<String, String> found = new HashMap<>();
  private final Map<Unit, Inputs.SourceInput> foundOfUnits = new HashMap<>();
  private final Map<String, Set<ColumnOrigin>> origins = new HashMap<>();
  private final Set<TableName> read = new HashSet<>();
  private final Set<TableName> wrote = new HashSet<>();
  private List<StepUnit> covered;
  private List<Inputs.FileInput> loadedAgain;

  StepRunner(Attempt attempt, Plan.Step step, List<WriteObserver> observers) {
    this.attempt = attempt;
    this.step = step;
    this.covered = step.units();
    this.watermarks = new Watermarks(attempt.scope().database());
    this.results = new Results(attempt.scope().database());
    this.writer = new TableWriter(attempt.session(), properties(), observers);
    this.rejects = new Rejects(this, side(KeptOut.REJECTS));
    this.quarantining = new Quarantining(this, side(KeptOut.QUARANTINE));
    this.observers = List.copyOf(observers);
  }

  private SideRows side(KeptOut rows) {
    return new SideRows(this, writer, wrote, rows.of(step.name()));
  }

  private Map<String, String> properties() {
    return Map.of("afp.run-id", runId().toString());
  }

  /** Runs the step. When it fails, the ledger says so and the failure goes on. */
  void run() {
    Phase phase = step.stage().phase();
    RunLog.step(step.name().toString());
    session().sparkContext().setLocalProperty("spark.scheduler.pool", step.name().toString());
    attempt.scope().lease().require();
    progress.info("{}: {} ({})", step.name(), phase.label(), unitsText());
    RunEvent.Step told =
        narrator()
            .started(
                attempt.record().number(),
                phase,
                step.table(),
                units(),
                inputs(),
                step.way().isReplay());
    try {
      attempt.steps().start(phase, step.name(), step.fingerprint(), Plan.checksOf(step.table()));
      if (step.fullRefresh()) {
        attempt.steps().markFullRefresh(phase, step.name());
        wrote.addAll(writer.renew(step.table()).emptied());
      }
      takeOutReloaded();
      Filled filled = step.way().isReplay() ? replay() : step.stage().fill(this);
      attempt.steps().finish(phase, step.name(), outcome(filled));
      narrator().ended(told, () -> result(filled));
      log.info("{} has {} rows more", step.name(), rowsOut());
    } catch (Exception | Error e) { // the ledger knows also of a class that is missing
      AfpException failure = failure(e);
      recordFailure(phase, failure);
      narrator().failed(told, failure);
      throw failure;
    } finally {
      RunLog.step(null);
    }
  }

  /** Rows of files that are appended again go before, in a commit of their own. */
  private void takeOutReloaded() {
    if (step.table().write().mode() == WriteMode.APPEND && keepsEarlierFiles()) {
      List<String> again =
          loadedAgain().stream()
              .flatMap(file -> Stream.of(file.path(), file.address())) // a column has one of them
              .distinct()
              .toList();
      if (!again.isEmpty()) {
        wrote.add(step.name());
        writer.takeOut(step.table(), again);
      }
    }
  }

  /**
   * The files that were loaded before; where earlier ones stay, what they gave may be there. The
   * ledger is asked once.
   */
  List<Inputs.FileInput> loadedAgain() {
    if (loadedAgain == null) {
      Set<String> landed =
          new LoadedFiles(attempt.scope().database())
              .of(step.name())
              .getOrDefault(Unit.all().label(), Map.of())
              .keySet();
      loadedAgain =
          step.inputs().files().values().stream()
              .flatMap(List::stream)
              .filter(file -> landed.contains(file.path()))
              .toList();
    }
    return loadedAgain;
  }

  /** Whether the rows of files that were loaded before stay. */
  boolean keepsEarlierFiles() {
    boolean keeps = step.units().stream().anyMatch(unit -> unit.earlier() == Earlier.KEPT);
    return keeps && !step.fullRefresh();
  }

  private Filled replay() {
    List<StepUnit> done =
        new ReplayPlan(
                pipeline(), step.name(), kept(), Optional.empty(), attempt.scope().database())
            .done().stream().filter(unit -> units().contains(unit.unit())).toList();
    Replay replay =
        new Replay(session(), table(), kept(), attempt.scope().hash(), observers, units());
    Judged side = kept() == KeptOut.REJECTS ? rejects : quarantining;
    Replay.Outcome replayed = replay.perform(this, side, done);
    covered = replayed.units();
    return replayed.filled();
  }

  private KeptOut kept() {
    return step.way() == Plan.Way.REPLAY ? KeptOut.REJECTS : KeptOut.QUARANTINE;
  }

  private String unitsText() {
    List<Unit> units = units();
    return units.size() == 1
        ? units.get(0).label()
        : "%s .. %s".formatted(units.get(0).label(), units.get(units.size() - 1).label());
  }

  /** On a branch that somebody has taken away any failure is possible; what matters is why. */
  private AfpException failure(Throwable e) {
    String action = "fill table " + step.name();
    return branchIsGone() ? LakeErrors.branchGone(action, e) : LakeErrors.translate(action, e);
  }

  private boolean branchIsGone() {
    try {
      String state = attempt.branches().state(attempt.record().branch()).orElse("unknown");
      return !state.equals("open");
    } catch (AfpException e) {
      return false; // the ledger does not answer; the failure itself will say so
    }
  }

  private void recordFailure(Phase phase, AfpException failure) {
    try {
      attempt.steps().fail(phase, step.name());
    } catch (AfpException e) {
      failure.addSuppressed(e);
    }
  }

  private Narrator narrator() {
    return attempt.scope().narrator();
  }

  private RunEvent.Result result(Filled filled) {
    List<Long> snapshots = snapshots();
    return new RunEvent.Result(
        filled.rowsIn(),
        rowsOut(),
        filled.rowsRejected(),
        bytesOut(),
        OptionalLong.of(commits.stream().mapToLong(Written::files).sum()),
        snapshots.stream().mapToLong(Long::longValue).reduce((first, last) -> last),
        attempt.places(readAlsoBeside()),
        attempt.places(wrote),
        Map.of(),
        List.of(),
        origins);
  }

  private Set<TableName> readAlsoBeside() {
    Set<TableName> all = new HashSet<>(read);
    if (step.way().isReplay()) {
      all.add(kept().of(step.name()));
    }
    return all;
  }

  private static Set<ColumnOrigin> both(Set<ColumnOrigin> some, Set<ColumnOrigin> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
  }

  private List<Long> snapshots() {
    return commits.stream().map(Written::snapshotId).toList();
  }

  private long bytesOut() {
    return commits.stream().mapToLong(Written::bytes).sum();
  }

  private long rowsOut() {
    return commits.stream().mapToLong(Written::rows).sum();
  }

  private Steps.Outcome outcome(Filled filled) {
    return new Steps.Outcome(
        filled.rowsIn(),
        rowsOut(),
        filled.rowsRejected(),
        bytesOut(),
        snapshots(),
        asRead(),
        filled.rejects(),
        schemas,
        read,
        wrote);
  }

  UUID runId() {
    return attempt.scope().runId();
  }

  /** The units with the states of sources that were really read. */
  private List<StepUnit> asRead() {
    return covered.stream().map(this::asRead).toList();
  }

  private StepUnit asRead(StepUnit planned) {
    List<String> others = InputText.withSources(planned.others(), found);
    Inputs.SourceInput read = foundOfUnits.get(planned.unit());
    return planned.with(
        read == null ? others : InputText.with(others, read.name(), read.version()));
  }

  @Override
  public Outside outside() {
    return Outside.of(session().sparkContext().hadoopConfiguration(), attempt.scope().settings());
  }

  /** Rows that merge are read again for another definition; others would be there twice. */
  @Override
  public Optional<Watermark> watermark() {
    boolean merges = table().write().mode().merges();
    return watermarks
        .of(step.name())
        .filter(mark -> !step.fullRefresh())
        .filter(mark -> !merges || mark.definitionHash().equals(definitionHash()));
  }

  private String definitionHash() {
    return step.units().get(0).definitionHash();
  }

  @Override
  public void hasRead(Inputs.SourceInput source, Mark mark) {
    found.put(source.name(), source.version());
    Watermark reached = new Watermark(mark.source(), mark.value(), definitionHash());
    watermarks.reached(attempt.record(), step.name(), reached);
  }

  @Override
  public void hasRead(Unit unit, Inputs.SourceInput source) {
    foundOfUnits.put(unit, source);
  }

  @Override
  public SparkSession session() {
    return attempt.session();
  }

  @Override
  public PipelineDef pipeline() {
    return attempt.scope().pipeline();
  }

  @Override
  public TableDef table() {
    return step.table();
  }

  @Override
  public List<Unit> units() {
    return step.units().stream().map(StepUnit::unit).toList();
  }

  @Override
  public Inputs inputs() {
    return step.inputs();
  }

  @Override
  public TableDef settle(SourceColumns found) {
    Drift.Settled settled = settled(found);
    new LakeTables(session()).evolve(table(), settled.table());
    if (!settled.notLoaded().isEmpty()) {
      log.warn(
          "{}: columns of the source are not declared and not loaded: {}",
          step.name(),
          settled.notLoaded());
    }
    settled.warnings().forEach(this::warn);
    schemas.addAll(settled.versions());
    return settled.table();
  }

  private Drift.Settled settled(SourceColumns found) {
    SchemaVersions known = new SchemaVersions(attempt.scope().database());
    return SourceLook.drift(session(), table(), known).settle(found);
  }

  @Override
  public Contract contract(TableDef settled, List<String> nullValues) {
    return new Contract(settled, nullValues, attempt.scope().hash());
  }

  @Override
  public Written write(Dataset<Row> rows, Optional<Interval> range) {
    narrator().origins(rows).forEach((column, of) -> origins.merge(column, of, StepRunner::both));
    return guarded(rows, range, writer::write).written();
  }

  /**
   * What became of rows.
   *
   * @param given how many were given to be written; empty where that is not known
   * @param keptOut how many checks kept out of the table
   */
  private record Guarded(Written written, OptionalLong given, long keptOut) {

    /** How many rows there were. */
    private long accepted(Conformed rows) {
      return given.isPresent() ? given.getAsLong() + keptOut : rows.accepted().count();
    }
  }

  /** How rows are written. */
  private interface Writing {
    TableWriter.Result write(TableDef table, Dataset<Row> rows, Optional<Interval> range);
  }

  /** Writes what no check keeps out. */
  private Guarded guarded(Dataset<Row> rows, Optional<Interval> range, Writing writing) {
    wrote.add(step.name());
    Dataset<Row> complete = withMetadata(rows);
    Optional<Quarantine> quarantine = Quarantine.of(table(), complete, range, observers);
    Dataset<Row> kept = quarantine.map(Quarantine::kept).orElse(complete);
    TableWriter.Result result = writing.write(table(), kept, range);
    Written written = wrote(result);
    if (quarantine.isEmpty()) {
      quarantining.clear(complete, range);
      return new Guarded(written, result.given(), 0);
    }
    long keptOut = quarantining.store(quarantine.get(), written, range);
    results.record(table(), written.snapshotId(), quarantine.get().metrics(), "write");
    return new Guarded(written, result.given(), keptOut);
  }

  /** Adds rows to those that the table of this step has. */
  void add(Dataset<Row> rows) {
    wrote.add(step.name());
    wrote(writer.add(step.table(), withMetadata(rows)));
  }

  private Written wrote(TableWriter.Result result) {
    addObserved();
    Written written = result.written();
    results.record(step.table(), written.snapshotId(), result.metrics(), result.origin());
    commits.add(written);
    return written;
  }

  private Dataset<Row> withMetadata(Dataset<Row> rows) {
    AttemptRecord record = attempt.record();
    return new MetadataColumns(pipeline().folder(), record.runId(), record.startedAt())
        .addTo(rows, step.table().metadata());
  }

  /** What a merge keeps beside the table is published, rolled back and owned with it. */
  private void addObserved() {
    TableName observed = step.name().observed();
    boolean merges = step.table().write().mode().merges();
    if (merges && new LakeTables(session()).find(observed).isPresent()) {
      wrote.add(observed);
    }
  }

  @Override
  public Filled write(Conformed rows, Optional<Interval> range) {
    RowCount count = new RowCount();
    Guarded guarded = guarded(rows.accepted(count), range, writer::load);
    return rejects.store(rows, count, guarded.accepted(rows), range);
  }

  @Override
  public void makeView() {
    wrote.add(step.name());
    new LakeViews(session()).make(step.table(), properties());
  }

  @Override
  public void warn(Problem warning) {
    log.warn("{} {}", warning.code().code(), warning.message());
    attempt.warnings().add(warning);
  }

  @Override
  public void markRead(Collection<TableName> tables) {
    read.addAll(tables);
    attempt.branches().markRead(attempt.record().branch(), tables);
  }
}
