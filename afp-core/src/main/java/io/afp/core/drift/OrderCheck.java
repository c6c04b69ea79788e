package io.afp.core.drift;

import io.afp.core.definition.DriftDef.Policy;
import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.drift.Order.Swap;
import io.afp.core.drift.SourceColumns.OfUnit;
import io.afp.core.drift.SourceColumns.Part;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.ledger.SchemaVersion;
import io.afp.core.ledger.SchemaVersion.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a source still has its columns in the order that it had. A source of which nothing is
 * known yet has that of its first file.
 */
record OrderCheck(TableDef declared, Timeline known) {

  /** One for a frozen table whose source has another order; none for others. */
  List<Problem> errors(SourceColumns found) {
    boolean frozen = declared.drift().reorderedColumns() == Policy.FREEZE;
    List<Moved> moved = frozen ? moved(found) : List.of();
    return moved.isEmpty() ? List.of() : List.of(error(moved, found));
  }

  private record Moved(Part part, Swap swap) {}

  private List<Moved> moved(SourceColumns found) {
    List<Moved> moved = new ArrayList<>();
    for (OfUnit unit : found.units()) {
      List<String> order = known(unit).orElseGet(() -> found.parts().findFirst().get().names());
      for (Part part : unit.parts()) {
        Order.swap(order, part.names()).ifPresent(swap -> moved.add(new Moved(part, swap)));
      }
    }
    return moved;
  }

  private Optional<List<String>> known(OfUnit unit) {
    Optional<Instant> start = unit.unit().interval().map(Interval::start);
    return known.at(start).or(() -> known.after(start)).map(OrderCheck::placed);
  }

  private static List<String> placed(SchemaVersion version) {
    return version.columns().stream().filter(Column::hasPlace).map(Column::name).toList();
  }

  private Problem error(List<Moved> moved, SourceColumns found) {
    int places = moved.stream().mapToInt(each -> each.part().places().size()).sum();
    return Problem.error(
        ErrorCode.SOURCE_CHANGED,
        "Cannot load table %s: the source has its columns in another order (%s, files=%d of %d, first=%s)"
            .formatted(
                declared.name(),
                moved.get(0).swap(),
                places,
                found.parts().mapToInt(part -> part.places().size()).sum(),
                moved.get(0).part().places().get(0)),
        Location.file(declared.file()),
        "Get a source with the old order, or write drift: { reordered_columns: discard }: columns are read by name.");
  }
}
