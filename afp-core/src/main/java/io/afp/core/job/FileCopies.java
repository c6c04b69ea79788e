package io.afp.core.job;

import io.afp.core.definition.TableDef;
import io.afp.core.job.SourceFindings.Copies;
import io.afp.core.ledger.StepUnit;
import io.afp.core.spi.Inputs.FileInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks for files that would be loaded twice under two names. Only files of one size are read. */
final class FileCopies {

  private FileCopies() {}

  /** The copies in the units of a step. */
  static List<Copies> in(Plan.Step step) {
    List<Copies> copies = new ArrayList<>();
    for (StepUnit unit : step.units()) {
      List<FileInput> files = step.inputs().files().getOrDefault(unit.unit(), List.of());
      equal(files).forEach(paths -> copies.add(copies(step.table(), unit, paths)));
    }
    return copies;
  }

  private static Copies copies(TableDef table, StepUnit unit, List<FileInput> files) {
    return new Copies(
        table, unit.unit().label(), files.stream().map(FileInput::path).sorted().toList());
  }

  /** An empty file has no row to load twice. */
  private static List<List<FileInput>> equal(List<FileInput> files) {
    List<FileInput> full = files.stream().filter(f -> f.stamp().size() > 0).toList();
    return groups(full, f -> f.stamp().size()).stream()
        .flatMap(ofOneSize -> groups(ofOneSize, FileInput::checksum).stream())
        .toList();
  }

  private static <K> Collection<List<FileInput>> groups(
      List<FileInput> files, Function<FileInput, K> by) {
    Map<K, List<FileInput>> groups =
        files.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.toList()));
    return groups.values().stream().filter(group -> group.size() > 1).toList();
  }
}
