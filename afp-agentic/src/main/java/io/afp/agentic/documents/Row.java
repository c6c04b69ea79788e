package io.afp.agentic.documents;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A row of a table.
 *
 * @param line where it is, from 1
 * @param cells what is in it, by the names of the columns in lower case, in their order
 */
public record Row(int line, Map<String, String> cells) {

  /** The cell of the first of some columns that the table has; empty when it is blank. */
  public Optional<String> cell(String... columns) {
    for (String column : columns) {
      String cell = cells.get(column.toLowerCase(Locale.ROOT));
      if (cell != null) {
        return Optional.of(cell).filter(c -> !c.isBlank());
      }
    }
    return Optional.empty();
  }

  /** Whether the table has one of these columns. */
  public boolean has(String... columns) {
    for (String column : columns) {
      if (cells.containsKey(column)) {
        return true;
      }
    }
    return false;
  }

  /** The first cell. */
  public String first() {
    return cells.values().stream().findFirst().orElse("");
  }
}
