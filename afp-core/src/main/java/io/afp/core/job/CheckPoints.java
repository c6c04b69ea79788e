package io.afp.core.job;

import io.afp.core.definition.AnomalyDef.Quantity;
import io.afp.core.definition.CheckDef;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.MetricRule;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableRule;
import io.afp.core.definition.Unit;
import io.afp.core.lake.HistoryOfFiles;
import io.afp.core.lake.LakeTables;
import io.afp.core.lake.WholeTable;
import io.afp.core.ledger.CheckHistory;
import io.afp.core.ledger.CheckHistory.Kept;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Results;
import io.afp.core.ledger.Results.OfSnapshot;
import io.afp.core.ledger.StepRecord;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.History;
import io.afp.core.measure.JudgedPoint;
import io.afp.core.measure.Point;
import io.afp.core.measure.Quantities;
import io.afp.core.measure.State;
import io.afp.core.spi.Judge.Part;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** The history of the checks of a table, and what a step adds to it. */
final class CheckPoints {

  private static final Set<Verdict.Status> MEASURED =
      EnumSet.of(Verdict.Status.PASSED, Verdict.Status.WARNED, Verdict.Status.FAILED);

  private final Attempt attempt;
  private final PipelineDef pipeline;
  private final TableDef table;
  private final StepRecord step;
  private final Results results;
  private final CheckHistory history;
  private List<Metric> measured;
  private Map<String, Metric> wholeBefore;

  CheckPoints(
      Attempt attempt, PipelineDef pipeline, TableDef table, StepRecord step, Results results) {
    this.attempt = attempt;
    this.pipeline = pipeline;
    this.table = table;
    this.step = step;
    this.results = results;
    this.history = new CheckHistory(attempt.scope().database());
  }

  /** What a check measured before; a new one begins with what the table tells. */
  History before(CheckDef check) {
    if (history.isUnknown(table.name(), check)) {
      history.record(new CheckHistory.Named(table.name(), check.name()), told(check));
    }
    return history.of(table.name(), check, attempt.record().runId());
  }

  /** See {@link io.afp.core.spi.Judge.Case#before}; it is asked for once for all checks. */
  Optional<State> wholeBefore(CheckDef check) {
    if (wholeBefore == null) {
      wholeBefore =
          new LakeTables(attempt.session())
              .find(table.name())
              .map(found -> wholeBefore(found))
              .orElse(Map.of());
    }
    return Optional.ofNullable(wholeBefore.get(check.name())).map(Metric::state);
  }

  private Map<String, Metric> wholeBefore(Table found) {
    Set<String> written = table.hasInterval() ? Set.copyOf(step.units()) : Set.of();
    return step.snapshots().stream()
        .findFirst()
        .map(found::snapshot)
        .map(Snapshot::parentId)
        .map(parent -> new WholeTable(table, found, results).besides(parent, written).metrics())
        .orElse(Map.of());
  }

  private List<Kept> told(CheckDef check) {
    if (check.where().isPresent() || !(check.rule() instanceof CheckDef.Anomaly anomaly)) {
      return List.of();
    }
    Quantity of = anomaly.watched().of();
    return new LakeTables(attempt.session())
        .find(table.name()).stream()
            .map(found -> new HistoryOfFiles(table, found, zone()))
            .flatMap(told -> told.points(of, check.column(), calendar(), step.snapshots()).stream())
            .map(point -> kept(check, point, "passed", "snapshot", Optional.empty()))
            .toList();
  }

  private static Kept kept(
      CheckDef check, Point point, String status, String origin, Optional<Long> snapshot) {
    return new Kept(
        point, check.measured(), Optional.empty(), Optional.empty(), status, origin, snapshot);
  }

  private Optional<IntervalDef> calendar() {
    return pipeline.interval().filter(interval -> table.hasInterval());
  }

  private ZoneId zone() {
    return pipeline.interval().map(IntervalDef::zone).orElse(ZoneOffset.UTC);
  }

  /** See {@link io.afp.core.spi.Judge.Case#parts}. */
  List<Part> parts(Metric whole) {
    Map<String, Metric> byUnit = new LinkedHashMap<>();
    if (step.checks().equals(Plan.checksOf(table))) {
      measured().stream()
          .filter(metric -> metric.name().equals(whole.name()))
          .forEach(metric -> byUnit.merge(metric.unit(), metric, Metric::plus));
    }
    boolean split = !byUnit.isEmpty() && byUnit.keySet().stream().allMatch(this::isUnit);
    if (!split) {
      return isWhole(whole, byUnit.keySet())
          ? single().map(unit -> List.of(part(unit, whole))).orElse(List.of())
          : List.of();
    }
    return byUnit.entrySet().stream()
        .map(unit -> part(unit.getKey(), unit.getValue()))
        .sorted(Comparator.comparing(Part::at))
        .toList();
  }

  /** Whether a metric is of all that was given: that of a scan is of what a merge has changed. */
  private boolean isWhole(Metric whole, Set<String> measured) {
    boolean byHistory = table.checksByHistory().contains(whole.name());
    boolean merges = table.write().mode().merges();
    return !byHistory || !merges || measured.equals(Set.of(Unit.all().label()));
  }

  /** What was measured in the snapshots of the step; it is asked for once for all checks. */
  private List<Metric> measured() {
    if (measured == null) {
      measured =
          results.ofSnapshots(table, step.snapshots()).stream().map(OfSnapshot::metric).toList();
    }
    return measured;
  }

  private boolean isUnit(String label) {
    return table.hasInterval() && step.units().contains(label);
  }

  /** The only unit of the step; empty text for rows that are no unit; nothing if it has several. */
  private Optional<String> single() {
    if (!table.hasInterval()) {
      return Optional.of("");
    }
    return step.units().size() == 1 ? Optional.of(step.units().get(0)) : Optional.empty();
  }

  private Part part(String unit, Metric metric) {
    LocalDateTime at =
        unit.isEmpty()
            ? LocalDateTime.ofInstant(attempt.record().startedAt(), zone())
                .truncatedTo(ChronoUnit.MICROS)
            : Interval.parse(unit, calendar().orElseThrow()).localStart();
    return new Part(unit, at, metric);
  }

  /** Keeps what each check measured, and what it was judged by. */
  void record(List<Verdict> verdicts) {
    Map<String, List<Kept>> points = new LinkedHashMap<>();
    Map<String, Metric> wholes = results.metrics(table, step.snapshots());
    for (Verdict verdict : verdicts) {
      List<Kept> kept =
          verdict.points().isEmpty()
              ? measured(verdict, Optional.ofNullable(wholes.get(verdict.check().name())))
              : verdict.points().stream().map(point -> judged(verdict, point)).toList();
      points.put(verdict.check().name(), kept);
    }
    history.record(attempt.record(), table.name(), points);
  }

  private List<Kept> measured(Verdict verdict, Optional<Metric> inWrite) {
    if (!MEASURED.contains(verdict.status())) {
      return List.of();
    }
    CheckDef check = verdict.check();
    return inWrite.or(() -> counted(verdict)).stream()
        .flatMap(metric -> parts(metric).stream())
        .flatMap(part -> point(check, part).stream())
        .map(point -> kept(check, point, lower(verdict.status()), verdict.origin(), snapshot()))
        .toList();
  }

  /** What a verdict alone tells: how many rows obey; nothing of a column or a table as a whole. */
  private static Optional<Metric> counted(Verdict verdict) {
    long judged = verdict.rowsJudged();
    CheckDef.Rule rule = verdict.check().rule();
    return rule instanceof MetricRule || rule instanceof TableRule
        ? Optional.empty()
        : Optional.of(new Metric(verdict.check().name(), judged - verdict.rowsFailed(), judged));
  }

  private static Optional<Point> point(CheckDef check, Part part) {
    return Quantities.of(check, part.metric().state()).stream()
        .mapToObj(value -> new Point(part.unit(), part.at(), value))
        .findFirst();
  }

  private Kept judged(Verdict verdict, JudgedPoint judged) {
    String status =
        switch (judged.outcome()) {
          case USUAL -> "passed";
          case UNUSUAL ->
              verdict.check().severity() == CheckDef.Severity.WARN ? "warned" : "failed";
          case LEARNING, ACKNOWLEDGED -> lower(judged.outcome());
        };
    return new Kept(
        judged.point(),
        verdict.check().measured(),
        judged.bounds(),
        Optional.of(judged.basis()),
        status,
        verdict.origin(),
        snapshot());
  }

  /** The snapshot that has all that the step wrote. */
  private Optional<Long> snapshot() {
    return step.snapshots().stream().reduce((first, last) -> last);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
