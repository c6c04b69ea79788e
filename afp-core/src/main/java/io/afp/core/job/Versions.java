package io.afp.core.job;

import io.afp.core.definition.DefinitionHash;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.ledger.DoneUnits;
import io.afp.core.ledger.DoneUnits.Done;
import io.afp.core.ledger.InputText;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which version of a table a unit reads: the one that this run writes, or the one of main. */
final class Versions {

  private static final String NONE = "none";

  private final DoneUnits doneUnits;
  private final Function<TableName, Optional<TableDef>> definitions;
  private final Optional<IntervalDef> interval;
  private final Map<TableName, Map<String, Done>> done = new HashMap<>();
  private final Map<TableName, String> hashes = new HashMap<>();
  private final Map<TableName, Set<String>> written = new HashMap<>();
  private final Map<TableName, Set<String>> lookedBackOn = new HashMap<>();

  /**
   * Versions of tables.
   *
   * @param definitions those of the tables of the project
   * @param interval that of the pipeline
   */
  Versions(
      DoneUnits doneUnits,
      Function<TableName, Optional<TableDef>> definitions,
      Optional<IntervalDef> interval) {
    this.doneUnits = doneUnits;
    this.definitions = definitions;
    this.interval = interval;
  }

  /** From here on these units of a table are those of this run. */
  void write(TableName table, Collection<String> units) {
    written.computeIfAbsent(table, t -> new HashSet<>()).addAll(units);
  }

  /** The same for units that are done for these reasons. */
  void write(TableName table, Map<String, Reason> units) {
    write(table, units.keySet());
    units.forEach(
        (unit, reason) -> {
          if (reason.isLookback()) {
            lookedBackOn.computeIfAbsent(table, t -> new HashSet<>()).add(unit);
          }
        });
  }

  /** The units of these tables that this run writes, by label. */
  Set<String> written(Collection<TableName> tables) {
    return tables.stream()
        .flatMap(table -> written.getOrDefault(table, Set.of()).stream())
        .collect(Collectors.toSet());
  }

  /** Whether the rows of a table came by a watermark, so that it is known which are new. */
  boolean hasWatermark(TableName table) {
    return doneUnits.watermark(table).isPresent();
  }

  /** The units of main, by label. */
  Map<String, Done> done(TableName table) {
    return done.computeIfAbsent(table, doneUnits::of);
  }

  /** The version of a table that a unit of another table reads. */
  String of(TableName upstream, Unit unit) {
    return version(upstream, unit, written.getOrDefault(upstream, Set.of()));
  }

  /** The version that it would read if this run looked back on nothing. */
  String withoutLookback(TableName upstream, Unit unit) {
    Set<String> units = new HashSet<>(written.getOrDefault(upstream, Set.of()));
    units.removeAll(lookedBackOn.getOrDefault(upstream, Set.of()));
    return version(upstream, unit, units);
  }

  private String version(TableName upstream, Unit unit, Set<String> written) {
    Optional<String> view =
        definitions.apply(upstream).filter(TableDef::isView).flatMap(this::view);
    return view.orElseGet(
        () -> isIn(written, upstream, unit) ? InputText.THIS_RUN : onMain(upstream, unit));
  }

  /**
   * A view is its definition and changes with nothing else; the rows that it shows are those of the
   * tables below it, which have versions of their own.
   */
  private Optional<String> view(TableDef view) {
    return written.containsKey(view.name())
        ? Optional.of(ofDefinition(view))
        : Optional.ofNullable(done(view.name()).get(Unit.all().label())).map(Done::definitionHash);
  }

  /** The hash of a table's definition. */
  String ofDefinition(TableDef table) {
    return hashes.computeIfAbsent(table.name(), name -> DefinitionHash.of(table, interval));
  }

  /** Whether a table without intervals was last done by another definition. */
  boolean isOfAnotherDefinition(TableDef table) {
    return Optional.ofNullable(done(table.name()).get(Unit.all().label()))
        .filter(all -> !all.definitionHash().equals(ofDefinition(table)))
        .isPresent();
  }

  /** There an interval may change rows of any other one. */
  private boolean merges(TableName table) {
    return definitions.apply(table).filter(t -> t.write().mode().merges()).isPresent();
  }

  private boolean isIn(Set<String> written, TableName upstream, Unit unit) {
    return unit.interval().isEmpty() || merges(upstream)
        ? !written.isEmpty()
        : written.contains(unit.label()) || written.contains(Unit.all().label());
  }

  /**
   * The release that last wrote what overlaps the unit; where units don't tell, the one that last
   * changed the table.
   */
  private String onMain(TableName upstream, Unit unit) {
    Optional<Interval> interval = unit.interval();
    boolean byUnit = interval.isPresent() && !merges(upstream);
    Map<String, Done> units = byUnit ? done(upstream) : Map.of();
    if (units.isEmpty()) {
      return doneUnits.version(upstream).orElse(NONE);
    }
    return units.values().stream()
        .filter(each -> each.overlaps(interval.get()))
        .map(Done::release)
        .max(Long::compare)
        .map(release -> Long.toString(release))
        .orElse(NONE);
  }
}
