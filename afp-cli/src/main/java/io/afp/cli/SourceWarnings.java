package io.afp.cli;

import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.SourceChange;
import io.afp.core.ledger.SourceNotes;
import io.afp.core.ledger.SourceNotes.Noted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The sources that are not what was loaded, one warning a table. */
final class SourceWarnings {

  private SourceWarnings() {}

  static List<Problem> of(Database database) {
    Map<String, List<Noted>> tables =
        new SourceNotes(database)
            .all().stream()
                .collect(
                    Collectors.groupingBy(
                        noted -> noted.table() + " of pipeline " + noted.pipeline(),
                        LinkedHashMap::new,
                        Collectors.toList()));
    return tables.entrySet().stream()
        .map(table -> warning(table.getKey(), table.getValue()))
        .toList();
  }

  private static Problem warning(String table, List<Noted> found) {
    List<String> texts =
        found.stream()
            .map(noted -> "%s: %s".formatted(noted.unit(), noted.change().text()))
            .toList();
    return Problem.warning(
        ErrorCode.SOURCE_DIFFERS,
        "The source of %s is not what was loaded, and is left alone (%s)"
            .formatted(table, SourceChange.first(texts)),
        Location.nowhere(),
        "`afp plan` has the newest; --restate loads intervals again.");
  }
}
