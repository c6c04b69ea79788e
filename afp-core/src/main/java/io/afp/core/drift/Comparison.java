package io.afp.core.drift;

import io.afp.core.ledger.SchemaVersion.Change;
import io.afp.core.ledger.SchemaVersion.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Two states of a source, one after the other. */
record Comparison(List<Column> before, List<Column> now, Words words) {

  /** In what the later one differs; nothing when they are the same. */
  List<Change> changes() {
    return Stream.concat(ofColumns().stream(), ofOrder().stream()).toList();
  }

  private List<Change> ofColumns() {
    List<Change> changes = new ArrayList<>();
    now.forEach(column -> compare(column).ifPresent(changes::add));
    before.stream()
        .filter(column -> column.isPresent() && find(now, column).isEmpty())
        .forEach(column -> changes.add(words.gone(column)));
    return changes;
  }

  private List<Change> ofOrder() {
    List<Change> changes = new ArrayList<>();
    Order.swap(placed(before), placed(now)).map(words::reordered).ifPresent(changes::add);
    List<String> moving = turned(before, now);
    if (!moving.isEmpty()) {
      changes.add(words.moving(moving));
    }
    List<String> settled = turned(now, before);
    if (!settled.isEmpty()) {
      changes.add(words.settled(settled));
    }
    return changes;
  }

  private static List<String> placed(List<Column> columns) {
    return columns.stream().filter(Column::hasPlace).map(Column::name).toList();
  }

  /** The columns that move in the second and have a place in the first. */
  private static List<String> turned(List<Column> first, List<Column> second) {
    return second.stream()
        .filter(c -> c.moves() && find(first, c).filter(Column::hasPlace).isPresent())
        .map(Column::name)
        .toList();
  }

  /** Of columns without names only the number can change. */
  static List<Change> ofPlaces(List<Column> before, List<Column> now) {
    long was = before.stream().filter(Column::isPresent).count();
    long is = now.stream().filter(Column::isPresent).count();
    return was == is
        ? List.of()
        : List.of(
            new Change(
                "fields",
                "",
                "",
                "a line has %d fields instead of %d; lines with another number than declared are rejects (malformed)"
                    .formatted(is, was)));
  }

  private Optional<Change> compare(Column column) {
    Optional<Column> found = find(before, column);
    Optional<Column> earlier = found.filter(Column::isPresent);
    if (!column.isPresent()) {
      return earlier.map(words::gone).or(() -> never(column, found));
    }
    if (earlier.isEmpty()) {
      return Optional.of(words.fresh(column));
    }
    if (!earlier.get().type().equals(column.type())) {
      return Optional.of(words.retyped(earlier.get(), column));
    }
    return earlier.get().presence() == column.presence()
        ? Optional.empty()
        : Optional.of(words.spread(column));
  }

  private Optional<Change> never(Column column, Optional<Column> found) {
    return found.isPresent() ? Optional.empty() : Optional.of(words.missing(column));
  }

  private static Optional<Column> find(List<Column> columns, Column wanted) {
    return columns.stream().filter(c -> c.name().equals(wanted.name())).findFirst();
  }
}
