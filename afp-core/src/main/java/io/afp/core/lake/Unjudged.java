package io.afp.core.lake;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.Count;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The stored rejects that are not judged as a load of their source would judge them.
 *
 * @param lost how many have not the personal values that would be judged
 * @param unknown how many lack values and are of an AFP that did not keep which fields the source
 *     had
 * @param lacking how many are of a source that lacked a field, by the field
 * @param unread how many are of a database that had a field which was not read, by the field
 */
record Unjudged(long lost, long unknown, Map<String, Long> lacking, Map<String, Long> unread) {

  /** What a user has to know. */
  List<Problem> warnings(TableDef table) {
    List<Problem> warnings = new ArrayList<>();
    String again = "Load their source again: " + Rejudged.loadAgain(table);
    if (lost > 0) {
      String why = "their records do not have the values that pii keeps out";
      warnings.add(warning(table, stay(table, lost, why), again));
    }
    for (ColumnDef column : table.readColumns()) {
      long rows = lacking.getOrDefault(column.field(), 0L);
      if (rows > 0) {
        warnings.add(warning(table, lacks(table, column, rows), again));
      }
    }
    unread.forEach(
        (field, rows) -> {
          String why = "field %s was not read then".formatted(field);
          warnings.add(warning(table, stay(table, rows, why), again));
        });
    if (unknown > 0) {
      warnings.add(warning(table, unknown(table), again));
    }
    return warnings;
  }

  private static String stay(TableDef table, long rows, String why) {
    return "%s of %s can't be judged again: %s"
        .formatted(Count.of(rows, "reject"), table.name(), why);
  }

  private static String lacks(TableDef table, ColumnDef column, long rows) {
    String why =
        "the source had no field %s when it was read".formatted(column.field())
            + (column.field().equals(column.name())
                ? ""
                : " (%s is read from it)".formatted(column.name()));
    return table.needs(column)
        ? stay(table, rows, why)
        : "Column %s of %s is null for %s: %s"
            .formatted(column.name(), table.name(), Count.of(rows, "reject"), why);
  }

  private String unknown(TableDef table) {
    return "%s of %s may lack fields: an earlier AFP stored them and did not keep which the source had; without a value they are judged as null"
        .formatted(Count.of(unknown, "reject"), table.name());
  }

  private static Problem warning(TableDef table, String message, String fix) {
    return Problem.warning(ErrorCode.REPLAY_REFUSED, message, Location.file(table.file()), fix);
  }
}
