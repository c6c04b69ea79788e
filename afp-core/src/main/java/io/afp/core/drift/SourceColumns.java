package io.afp.core.drift;

import io.afp.core.definition.Unit;
import java.util.List;
import java.util.stream.Stream;

/**
 * The columns that a source has, found before its rows are read.
 *
 * @param units of one load, in the order of time
 * @param naming where the names of the columns come from
 */
public record SourceColumns(List<OfUnit> units, Naming naming) {

  public SourceColumns {
    units = List.copyOf(units);
  }

  /** Where names come from. */
  public enum Naming {
    /** The source names its columns. */
    BY_SOURCE,
    /** It does not: they have the declared names, by their place. */
    BY_PLACE
  }

  /** The columns in the files of one unit, or in what is read for it. */
  public record OfUnit(Unit unit, List<Part> parts) {

    public OfUnit {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Parts of a source that have the same columns.
   *
   * @param places where they are: addresses of files, or the name of a table
   */
  public record Part(List<String> places, List<Column> columns) {

    public Part {
      places = List.copyOf(places);
      columns = List.copyOf(columns);
    }

    List<String> names() {
      return columns.stream().map(Column::name).toList();
    }
  }

  /**
   * A column.
   *
   * @param name as it is compared with the declared ones
   * @param type by the name that definitions have for it; where they have none, that of Spark SQL
   */
  public record Column(String name, String type) {}

  Stream<Part> parts() {
    return units.stream().flatMap(unit -> unit.parts().stream());
  }
}
