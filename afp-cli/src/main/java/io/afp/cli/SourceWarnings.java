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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sources that are not what was loaded, one warning a table and kind, as plans say them. */
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
        .flatMap(table -> warnings(table.getKey(), table.getValue()))
        .toList();
  }

  private static Stream<Problem> warnings(String table, List<Noted> found) {
    Map<Boolean, List<Noted>> ofRows =
        found.stream().collect(Collectors.groupingBy(noted -> noted.change().isOfRows()));
    return Stream.concat(
        Optional.ofNullable(ofRows.get(true)).map(some -> changed(table, some)).stream(),
        Optional.ofNullable(ofRows.get(false)).map(some -> renamed(table, some)).stream());
  }

  private static Problem changed(String table, List<Noted> found) {
    return Problem.warning(
        ErrorCode.SOURCE_DIFFERS,
        "The source of %s is not what was loaded, and is left alone (%s)"
            .formatted(table, texts(found)),
        Location.nowhere(),
        "`afp plan` has the newest; --restate loads intervals again.");
  }

  private static Problem renamed(String table, List<Noted> found) {
    return Problem.warning(
        ErrorCode.FILE_RENAMED,
        "Files of %s that were loaded have other names now (%s)".formatted(table, texts(found)),
        Location.nowhere(),
        "Nothing is loaded: their bytes are the same. Give them their old names back, or load their intervals again by --restate.");
  }

  private static String texts(List<Noted> found) {
    return SourceChange.first(
        found.stream()
            .map(noted -> "%s: %s".formatted(noted.unit(), noted.change().text()))
            .toList());
  }
}
