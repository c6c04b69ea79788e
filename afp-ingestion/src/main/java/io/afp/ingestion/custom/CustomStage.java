package io.afp.ingestion.custom;

import io.afp.core.definition.Interval;
import io.afp.core.definition.OnChange;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.drift.SourceColumns;
import io.afp.core.drift.SourceColumns.Naming;
import io.afp.core.drift.SourceColumns.OfUnit;
import io.afp.core.drift.SourceColumns.Part;
import io.afp.core.lake.RawRows;
import io.afp.core.ledger.Phase;
import io.afp.core.spi.Filled;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Inputs.SourceInput;
import io.afp.core.spi.Stage;
import io.afp.core.spi.StepContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills a table by a {@link io.afp.core.spi.Source} of a user. */
public final class CustomStage implements Stage {

  @Override
  public Phase phase() {
    return Phase.INGEST;
  }

  @Override
  public boolean fills(TableDef table) {
    return table.customSource().isPresent();
  }

  @Override
  public Inputs inputs(InputRequest request) {
    CustomSource source =
        CustomSource.of(request.pipeline(), request.table(), request.outside().connections());
    if (request.table().onChange() == OnChange.IGNORE) {
      return Inputs.ofSources(Map.of()); // nobody wants to know
    }
    Map<Unit, SourceInput> states = new HashMap<>();
    for (Unit unit : request.units()) {
      version(source, unit)
          .map(version -> version.replace('=', ':')) // the ledger writes name=version
          .ifPresent(version -> states.put(unit, new SourceInput(source.title(), version)));
    }
    return Inputs.ofSources(states);
  }

  /** All of a table is read each time, where nobody knows whether it is the same. */
  private static Optional<String> version(CustomSource source, Unit unit) {
    Optional<String> version = source.version(unit.interval());
    return version.isPresent() || unit.interval().isPresent()
        ? version
        : Optional.of("asked at " + Instant.now());
  }

  @Override
  public Filled fill(StepContext step) {
    CustomSource source =
        CustomSource.of(step.pipeline(), step.table(), step.outside().connections());
    Map<Optional<Interval>, RawRows> ranges = new LinkedHashMap<>();
    step.ranges().forEach(range -> ranges.put(range, source.read(step.session(), range)));
    TableDef table = step.settle(columns(source, List.copyOf(ranges.values())));
    Filled filled = Filled.of(0);
    for (Map.Entry<Optional<Interval>, RawRows> range : ranges.entrySet()) {
      filled =
          filled.plus(
              step.write(
                  step.contract(table, List.of()).conform(range.getValue()), range.getKey()));
    }
    return filled;
  }

  /** Of all ranges together: which unit a class reads where is its own business. */
  private static SourceColumns columns(CustomSource source, List<RawRows> ranges) {
    List<Part> parts =
        ranges.stream()
            .map(RawRows::fields)
            .distinct()
            .map(columns -> new Part(List.of(source.title()), columns))
            .toList();
    return new SourceColumns(List.of(new OfUnit(Unit.all(), parts)), Naming.BY_SOURCE);
  }
}
