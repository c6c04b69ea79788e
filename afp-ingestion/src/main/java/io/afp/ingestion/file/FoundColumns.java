package io.afp.ingestion.file;

import io.afp.core.definition.FileFormat;
import io.afp.core.definition.Unit;
import io.afp.core.drift.SourceColumns;
import io.afp.core.drift.SourceColumns.Column;
import io.afp.core.drift.SourceColumns.Naming;
import io.afp.core.drift.SourceColumns.OfUnit;
import io.afp.core.drift.SourceColumns.Part;
import io.afp.core.lake.RawRows;
import io.afp.core.spi.Inputs.FileInput;
import io.afp.core.spi.StepInputs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The columns that the files of a step have. */
final class FoundColumns {

  private FoundColumns() {}

  static SourceColumns of(StepInputs step, List<FileStage.Load> loads) {
    List<OfUnit> units = new ArrayList<>();
    for (FileStage.Load load : loads) {
      List<Part> all = parts(load);
      load.files().forEach((unit, files) -> of(unit, parts(files, all)).ifPresent(units::add));
    }
    boolean named = step.table().fileSource().orElseThrow().namesColumns();
    return new SourceColumns(units, named ? Naming.BY_SOURCE : Naming.BY_PLACE);
  }

  /** Nothing where no file says which columns it has. */
  private static Optional<OfUnit> of(Unit unit, List<Part> parts) {
    return parts.isEmpty() ? Optional.empty() : Optional.of(new OfUnit(unit, parts));
  }

  private static List<Part> parts(FileStage.Load load) {
    FileFormat format = load.source().definition().format();
    return load.layouts().stream()
        .map(layout -> new Part(layout.addresses(), columns(layout, format)))
        .toList();
  }

  /** Those of some files. */
  private static List<Part> parts(List<FileInput> files, List<Part> all) {
    Set<String> some = new HashSet<>(files.stream().map(FileInput::address).toList());
    return all.stream()
        .map(p -> new Part(p.places().stream().filter(some::contains).toList(), p.columns()))
        .filter(part -> !part.places().isEmpty())
        .toList();
  }

  /** The keys of objects have no order, so it is no news when they come in another one. */
  private static List<Column> columns(Layout layout, FileFormat format) {
    List<Column> columns = RawRows.fields(layout.schema());
    return format.isJson()
        ? columns.stream().sorted(Comparator.comparing(Column::name)).toList()
        : columns;
  }
}
