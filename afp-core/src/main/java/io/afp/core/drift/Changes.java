package io.afp.core.drift;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.drift.SourceColumns.Naming;
import io.afp.core.drift.SourceColumns.OfUnit;
import io.afp.core.error.Count;
import io.afp.core.ledger.SchemaVersion;
import io.afp.core.ledger.SchemaVersion.Change;
import io.afp.core.ledger.SchemaVersion.Column;
import io.afp.core.ledger.SchemaVersion.Presence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the states of a source that are others than those before.
 *
 * @param table as it is loaded
 */
record Changes(TableDef declared, TableDef table, List<SchemaVersion> known) {

  /** The new versions, in the order of time; none for a unit whose columns are as before. */
  List<SchemaVersion> in(SourceColumns found) {
    Timeline timeline = new Timeline(known);
    List<SchemaVersion> versions = new ArrayList<>();
    for (OfUnit unit : found.units()) {
      version(unit, found.naming(), timeline)
          .ifPresent(
              version -> {
                versions.add(version);
                timeline.add(version);
              });
    }
    return versions;
  }

  private Optional<SchemaVersion> version(OfUnit unit, Naming naming, Timeline timeline) {
    Optional<Instant> start = unit.unit().interval().map(Interval::start);
    List<Column> columns = state(unit, naming);
    Optional<SchemaVersion> before = timeline.at(start);
    List<Change> changes =
        before
            .map(version -> comparison(naming, version.columns(), columns))
            .orElseGet(() -> first(naming, columns, timeline.after(start)));
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.of(new SchemaVersion(0, unit.unit().label(), start, columns, changes));
  }

  /** Of a time before all that is known nothing is said when it was as it is later. */
  private List<Change> first(Naming naming, List<Column> columns, Optional<SchemaVersion> later) {
    boolean same = later.filter(version -> version.columns().equals(columns)).isPresent();
    if (same) {
      return List.of();
    }
    long number = columns.stream().filter(Column::isPresent).count();
    Change first = new Change(Change.FIRST, "", "", "the source has " + Count.of(number, "column"));
    return Stream.concat(
            Stream.of(first), comparison(naming, asDeclared(columns), columns).stream())
        .toList();
  }

  /** What the source would have if it had just what is declared, in its own order. */
  private List<Column> asDeclared(List<Column> columns) {
    return columns.stream()
        .filter(Column::isPresent)
        .flatMap(column -> declaredFor(column).map(c -> as(c, column)).stream())
        .toList();
  }

  private Optional<ColumnDef> declaredFor(Column found) {
    return declared.declared().stream().filter(c -> c.field().equals(found.name())).findFirst();
  }

  private static Column as(ColumnDef declared, Column found) {
    String type = Words.isWider(declared, found) ? declared.type().toString() : found.type();
    return Column.of(found.name(), type, Presence.ALL);
  }

  private List<Change> comparison(Naming naming, List<Column> before, List<Column> now) {
    Words words = new Words(declared, table);
    return naming == Naming.BY_PLACE
        ? Comparison.ofPlaces(before, now)
        : new Comparison(before, now, words).changes();
  }

  private List<Column> state(OfUnit unit, Naming naming) {
    List<Column> columns = new ArrayList<>();
    Set<String> moving = naming == Naming.BY_SOURCE ? Order.moving(unit.parts()) : Set.of();
    for (ColumnUse use : ColumnUse.in(unit.parts())) {
      Presence presence = use.lacking().isEmpty() ? Presence.ALL : Presence.SOME;
      columns.add(new Column(use.name(), use.type(), presence, moving.contains(use.name())));
    }
    declared.byField().values().stream()
        .map(readers -> readers.get(0))
        .filter(reader -> columns.stream().noneMatch(c -> c.name().equals(reader.field())))
        .map(c -> Column.of(c.field(), c.type().toString(), Presence.NONE))
        .toList()
        .forEach(columns::add);
    return columns;
  }
}
