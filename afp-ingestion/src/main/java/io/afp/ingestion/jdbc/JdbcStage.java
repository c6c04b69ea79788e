package io.afp.ingestion.jdbc;

import io.afp.core.definition.Interval;
import io.afp.core.definition.JdbcSourceDef.Deletes;
import io.afp.core.definition.OnChange;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.drift.SourceColumns.Naming;
import io.afp.core.drift.SourceColumns.OfUnit;
import io.afp.core.drift.SourceColumns.Part;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.lake.RawRows;
import io.afp.core.ledger.Phase;
import io.afp.core.spi.Filled;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Inputs.SourceInput;
import io.afp.core.spi.Stage;
import io.afp.core.spi.StepContext;
import io.afp.core.spi.StepInputs;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills a table from a database: all of it, the rows of intervals, or what is newer than the last
 * watermark.
 */
public final class JdbcStage implements Stage {

  @Override
  public Phase phase() {
    return Phase.INGEST;
  }

  @Override
  public boolean fills(TableDef table) {
    return table.jdbcSource().isPresent();
  }

  @Override
  public Inputs inputs(InputRequest request) {
    if (request.units().isEmpty()) {
      return Inputs.ofSources(Map.of());
    }
    try (SourceSession session =
        SourceSession.open(request.table(), request.outside().connections())) {
      session.columns().requireNeeded();
      return Inputs.ofSources(sources(request, session));
    }
  }

  /** Of intervals those are asked for that may have changed; the others are read anyway. */
  private static Map<Unit, SourceInput> sources(InputRequest request, SourceSession session) {
    Map<Unit, SourceInput> sources = new HashMap<>();
    try {
      if (request.table().hasInterval()) {
        List<Unit> done = request.units().stream().filter(request.loaded()::has).toList();
        IntervalRows rows = new IntervalRows(session);
        sources.putAll(states(session, rows, EvolvedState.columns(session, request, done)));
        sources.putAll(keptByBounds(request, session, rows, sources));
      } else {
        SourceInput state = SourceState.now(session);
        request.units().forEach(unit -> sources.put(unit, state));
      }
      return sources;
    } catch (SQLException e) {
      throw session.connector().failure("look at source %s".formatted(request.table().name()), e);
    }
  }

  /** Where nobody wants to know of changes, the database is not asked for them. */
  private static Map<Unit, SourceInput> states(
      SourceSession session, IntervalRows rows, Map<Unit, List<String>> evolved)
      throws SQLException {
    return session.source().onChange() == OnChange.IGNORE
        ? Map.of()
        : IntervalState.of(session, rows).of(evolved);
  }

  /**
   * The states of intervals that were read when their database was not asked for checksums, and
   * that have not changed by what is known of them.
   */
  private static Map<Unit, SourceInput> keptByBounds(
      InputRequest request, SourceSession session, IntervalRows rows, Map<Unit, SourceInput> now)
      throws SQLException {
    String source = session.source().title();
    Map<Unit, String> kept = new HashMap<>();
    now.forEach(
        (unit, state) ->
            request
                .loaded()
                .version(unit, source)
                .filter(then -> !RowMark.isChecksum(then) && RowMark.isChecksum(state.version()))
                .ifPresent(then -> kept.put(unit, then)));
    if (kept.isEmpty()) {
      return Map.of();
    }
    Map<Unit, SourceInput> bounds =
        IntervalState.ofBounds(session, rows)
            .of(EvolvedState.columns(session, request, kept.keySet()));
    bounds.entrySet().removeIf(e -> !e.getValue().version().equals(kept.get(e.getKey())));
    return bounds;
  }

  @Override
  public Optional<io.afp.core.drift.SourceColumns> columns(StepInputs step) {
    try (SourceSession session = SourceSession.open(step.table(), step.outside().connections())) {
      return Optional.of(found(session));
    }
  }

  @Override
  public Filled fill(StepContext step) {
    try (SourceSession session = SourceSession.open(step.table(), step.outside().connections())) {
      if (session.snapshot().isEmpty() && new KeyRanges(session, Optional.empty()).divides()) {
        warnMoves(step);
      }
      return fill(step, session);
    }
  }

  private static Filled fill(StepContext step, SourceSession session) {
    try {
      Instant start = Instant.now();
      TableDef table = step.settle(found(session));
      Filled filled =
          table.hasInterval() ? intervals(step, session, table) : whole(step, session, table);
      if (session.source().deletes() == Deletes.COMPARE) {
        new MissingKeys(step, session, table, start).delete();
      }
      return filled;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw SourceFailures.translate(session, e);
    }
  }

  /** A database has the columns of now, whatever interval is read. */
  private static io.afp.core.drift.SourceColumns found(SourceSession session) {
    Part part = new Part(List.of(session.source().title()), session.columns().found());
    OfUnit now = new OfUnit(Unit.all(), List.of(part));
    return new io.afp.core.drift.SourceColumns(List.of(now), Naming.BY_SOURCE);
  }

  private static Filled intervals(StepContext step, SourceSession session, TableDef table)
      throws SQLException {
    IntervalRows rows = new IntervalRows(session);
    long unplaced = rows.unplaced();
    if (unplaced > 0) {
      warnUnplaced(step, unplaced);
    }
    states(session, rows, EvolvedState.columns(session, table, step.units()))
        .forEach(step::hasRead);
    Filled filled = Filled.of(0);
    for (Optional<Interval> range : step.ranges()) {
      Interval interval = range.orElseThrow();
      JdbcRows ofInterval = JdbcRows.of(session, table, Optional.of(rows.condition(interval)));
      RawRows raw = rows.withUnits(ofInterval.read(step.session()), interval);
      filled = filled.plus(write(step, table, raw, range));
    }
    return filled;
  }

  private static Filled whole(StepContext step, SourceSession session, TableDef table)
      throws SQLException {
    Optional<Watermarking> watermark = Watermarking.of(session);
    if (watermark.isEmpty()) {
      RawRows all = JdbcRows.of(session, table, Optional.empty()).read(step.session());
      return write(step, table, all, Optional.empty());
    }
    WatermarkRows rows = new WatermarkRows(step, session, watermark.get());
    Optional<String> newer = Optional.of(rows.condition());
    RawRows raw = JdbcRows.of(session, table, newer).read(step.session());
    Filled filled = write(step, table, raw, Optional.empty());
    rows.record();
    return filled;
  }

  private static Filled write(
      StepContext step, TableDef table, RawRows raw, Optional<Interval> range) {
    return step.write(step.contract(table, List.of()).conform(raw), range);
  }

  private static void warnMoves(StepContext step) {
    step.warn(
        Problem.warning(
            ErrorCode.SOURCE_MOVES,
            "Source %s is read by several connections, and its database can't give them one state"
                .formatted(step.table().name()),
            new Location(step.table().file(), 0, "from.jdbc"),
            "Write splits: 1, or read while nobody writes."));
  }

  private static void warnUnplaced(StepContext step, long rows) {
    step.warn(
        Problem.warning(
            ErrorCode.ROWS_UNPLACED,
            "%d rows of source %s belong to no interval and are not read (column=%s)"
                .formatted(
                    rows, step.table().name(), step.table().intervalColumn().orElseThrow().name()),
            new Location(step.table().file(), 0, "write.interval_column"),
            "Give them a value, or write a query that does."));
  }
}
