package io.afp.core.job;

import io.afp.core.definition.Unit;
import io.afp.core.ledger.StepUnit;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Inputs.FileInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Some of the files of a step, because each may be far away: the first, the last, and others at
 * equal distances between them.
 *
 * @param units those that have one of the files; all of a source that is no file
 * @param inputs with these files only
 * @param looked how many files they are
 * @param of how many files there are
 */
record FileSample(List<Unit> units, Inputs inputs, int looked, int of) {

  private static final int MOST = 50;

  private record OfUnit(Unit unit, FileInput file) {}

  static FileSample of(Plan.Step step) {
    List<Unit> units = step.units().stream().map(StepUnit::unit).toList();
    Map<Unit, List<FileInput>> files = step.inputs().files();
    List<OfUnit> all = new ArrayList<>();
    units.forEach(
        unit ->
            files.getOrDefault(unit, List.of()).forEach(file -> all.add(new OfUnit(unit, file))));
    return all.size() <= MOST
        ? new FileSample(units, step.inputs(), all.size(), all.size())
        : some(step.inputs(), all);
  }

  private static FileSample some(Inputs inputs, List<OfUnit> all) {
    Map<Unit, List<FileInput>> files = new LinkedHashMap<>();
    for (OfUnit each : Spread.of(all, MOST)) {
      files.computeIfAbsent(each.unit(), unit -> new ArrayList<>()).add(each.file());
    }
    List<Unit> units = List.copyOf(files.keySet());
    Inputs less = new Inputs(files, inputs.sources(), inputs.tables(), inputs.javaClass());
    return new FileSample(units, less, MOST, all.size());
  }

  /** Whether there are files that are not looked at. */
  boolean isPartial() {
    return looked < of;
  }
}
