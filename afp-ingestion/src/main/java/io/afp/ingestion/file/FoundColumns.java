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
      load.files().forEach((unit, files) -> of(unit, parts(files, load)).ifPresent(units::add));
    }
    boolean named = step.table().fileSource().orElseThrow().namesColumns();
    return new SourceColumns(units, named ? Naming.BY_SOURCE : Naming.BY_PLACE);
  }

  /** Nothing where no file says which columns it has. */
  private static Optional<OfUnit> of(Unit unit, List<Part> parts) {
    return parts.isEmpty() ? Optional.empty() : Optional.of(new OfUnit(unit, parts));
  }

  private static List<Part> parts(List<FileInput> files, FileStage.Load load) {
    Set<String> ofUnit = new HashSet<>(files.stream().map(FileInput::address).toList());
    List<Part> parts = new ArrayList<>();
    for (Layout layout : load.layouts()) {
      List<String> places = layout.addresses().stream().filter(ofUnit::contains).toList();
      if (!places.isEmpty()) {
        parts.add(new Part(places, columns(layout, load.source().definition().format())));
      }
    }
    return parts;
  }

  /** The keys of objects have no order, so it is no news when they come in another one. */
  private static List<Column> columns(Layout layout, FileFormat format) {
    List<Column> columns = RawRows.fields(layout.schema());
    return format.isJson()
        ? columns.stream().sorted(Comparator.comparing(Column::name)).toList()
        : columns;
  }
}
