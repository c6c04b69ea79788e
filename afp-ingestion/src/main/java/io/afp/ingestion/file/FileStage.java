package io.afp.ingestion.file;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.ColumnType;
import io.afp.core.definition.FilePattern;
import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.drift.SourceColumns;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.lake.Lookup;
import io.afp.core.lake.RawRows;
import io.afp.core.lake.WidePlan;
import io.afp.core.ledger.Phase;
import io.afp.core.spi.Filled;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Inputs.FileInput;
import io.afp.core.spi.Stage;
import io.afp.core.spi.StepContext;
import io.afp.core.spi.StepInputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * Fills a table from files: one pass for each contiguous range of units, and a second one only if
 * rows are rejected.
 */
public final class FileStage implements Stage {

  @Override
  public Phase phase() {
    return Phase.INGEST;
  }

  @Override
  public boolean fills(TableDef table) {
    return table.fileSource().isPresent();
  }

  @Override
  public Inputs inputs(InputRequest request) {
    SourceFiles files = new SourceFiles(request);
    return inputs(
        request,
        unit -> {
          List<FileInput> found = files.of(unit);
          if (found.isEmpty()) {
            throw files.missing(unit);
          }
          return found;
        });
  }

  @Override
  public Inputs inputsThatAreThere(InputRequest request) {
    return inputs(request, new SourceFiles(request)::of);
  }

  private static Inputs inputs(InputRequest request, Function<Unit, List<FileInput>> search) {
    requireUnitsInPattern(request.table());
    Map<Unit, List<FileInput>> found = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Unit unit : request.units()) {
      try {
        found.put(unit, search.apply(unit));
      } catch (AfpException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw AfpException.of(problems);
    }
    found.values().removeIf(List::isEmpty);
    return Inputs.ofFiles(found);
  }

  private static void requireUnitsInPattern(TableDef table) {
    String files = table.fileSource().orElseThrow().files();
    if (table.hasInterval() && !new FilePattern(files).hasInterval()) {
      throw AfpException.at(
          new Location(table.file(), 0, "from.files"),
          ErrorCode.CONTRADICTION,
          "Cannot read source %s by interval: its files do not say which interval they are of (files=%s)"
              .formatted(table.name(), files),
          "Put a field such as ${interval:yyyy-MM} into from.files, or take write.interval_column out.");
    }
  }

  @Override
  public Filled fill(StepContext step) {
    return ReadFiles.of(step).whileUnchanged(() -> fillRanges(step));
  }

  @Override
  public Optional<SourceColumns> columns(StepInputs step) {
    return Optional.of(FoundColumns.of(step, loads(step, FileStage::first)));
  }

  /** A key that is not among the first objects of JSON may still come. */
  private static List<Layout> first(FileSource source, SparkSession session) {
    List<Layout> found = source.firstLayouts(session);
    return source.definition().format().isJson()
        ? found.stream().map(layout -> layout.withAll(source.columns())).toList()
        : found;
  }

  private static Filled fillRanges(StepContext step) {
    List<Load> loads = loads(step, FileSource::layouts);
    TableDef table = step.settle(FoundColumns.of(step, loads));
    Filled filled = Filled.of(0);
    for (Load load : loads) {
      filled = filled.plus(fill(step, table, load));
    }
    return filled;
  }

  /** The files of a range that is written in one commit, and the fields that they have. */
  record Load(
      Optional<Interval> range,
      Map<Unit, List<FileInput>> files,
      FileSource source,
      List<Layout> layouts) {}

  private static List<Load> loads(StepInputs step, Look look) {
    return step.ranges().stream().map(range -> load(step, range, look)).toList();
  }

  /** How the fields of files are found. */
  private interface Look {
    List<Layout> layouts(FileSource source, SparkSession session);
  }

  private static Load load(StepInputs step, Optional<Interval> range, Look look) {
    Map<Unit, List<FileInput>> files = filesOf(step, range);
    FileSource source = source(step.table(), files);
    List<Layout> layouts = look.layouts(source, step.session());
    return new Load(range, files, source, shown(step.table(), layouts));
  }

  /** Where values are kept out, so are names that nobody declared. */
  private static List<Layout> shown(TableDef table, List<Layout> layouts) {
    if (!table.keepsValuesOut()) {
      return layouts;
    }
    List<String> declared = table.fields();
    boolean ordered = !table.fileSource().orElseThrow().format().isJson();
    return layouts.stream()
        .map(all -> ordered ? all.namingOnly(declared) : all.countingOthers(declared))
        .toList();
  }

  private static Filled fill(StepContext step, TableDef table, Load load) {
    FileSource source = load.source();
    try {
      return WidePlan.of(
          step.session(), table.readColumns().size(), () -> write(step, table, load));
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw FileFailures.translate(
          table.name(), e, () -> source.firstBroken(step.session(), load.layouts()));
    }
  }

  private static Filled write(StepContext step, TableDef table, Load load) {
    FileSource source = load.source();
    RawRows raw = source.read(step.session(), load.layouts(), table.readColumns());
    List<String> nullValues = source.definition().nullValues();
    RawRows ofUnits = withUnits(table, raw, load.files());
    return step.write(step.contract(table, nullValues).conform(ofUnits), load.range());
  }

  private static Map<Unit, List<FileInput>> filesOf(StepInputs step, Optional<Interval> range) {
    Map<Unit, List<FileInput>> files = new LinkedHashMap<>();
    for (Unit unit : step.units()) {
      boolean inside = range.isEmpty() || unit.interval().filter(range.get()::contains).isPresent();
      if (inside) {
        files.put(unit, step.inputs().files().get(unit));
      }
    }
    return files;
  }

  private static FileSource source(TableDef table, Map<Unit, List<FileInput>> files) {
    List<String> addresses =
        files.values().stream().flatMap(List::stream).map(FileInput::address).toList();
    return new FileSource(table.fileSource().orElseThrow(), addresses, table.fields());
  }

  /** Says of each row to which unit its file belongs. */
  private static RawRows withUnits(TableDef table, RawRows raw, Map<Unit, List<FileInput>> files) {
    if (!table.hasInterval()) {
      return raw;
    }
    ColumnType.Kind kind = table.intervalColumn().orElseThrow().type().kind();
    return raw.within(
        ofFile(files, i -> i.boundsFor(kind).start()), ofFile(files, i -> i.boundsFor(kind).end()));
  }

  private static Column ofFile(Map<Unit, List<FileInput>> files, Function<Interval, Object> bound) {
    if (files.size() == 1) {
      return lit(bound.apply(files.keySet().iterator().next().interval().orElseThrow()));
    }
    Map<String, Object> bounds = new HashMap<>();
    files.forEach(
        (unit, ofUnit) -> {
          Object ofFiles = bound.apply(unit.interval().orElseThrow());
          ofUnit.forEach(file -> bounds.put(file.address(), ofFiles));
        });
    return Lookup.in(bounds, col(RawRows.FILE));
  }
}
