package io.afp.core.job;

import io.afp.core.definition.OnChange;
import io.afp.core.definition.TableDef;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.ledger.SourceChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plan has found at the sources.
 *
 * @param changes how the sources of done units differ from what was loaded
 * @param copies files with the same bytes under two names, in units that are to be done
 * @param unknown done units of which it is not known in what state their source was loaded
 * @param redefined tables whose rows stay as they were loaded by another definition
 */
record SourceFindings(
    List<Found> changes,
    List<Copies> copies,
    Map<TableDef, List<String>> unknown,
    List<TableDef> redefined) {

  SourceFindings {
    changes = List.copyOf(changes);
    copies = List.copyOf(copies);
    redefined = List.copyOf(redefined);
    unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
  }

  /** A change of the source of a done unit. */
  record Found(TableDef table, String unit, SourceChange change) {

    String text() {
      return unit.equals("all") ? change.text() : "%s: %s".formatted(unit, change.text());
    }
  }

  /** Files of a unit that have the same bytes. */
  record Copies(TableDef table, String unit, List<String> paths) {}

  static SourceFindings none() {
    return new SourceFindings(List.of(), List.of(), Map.of(), List.of());
  }

  /** Whether people are told of a change whose unit stays as it is. */
  static boolean isWarnedOf(TableDef table, SourceChange change) {
    boolean reloaded = table.onChange() == OnChange.RELOAD && change.isOfRows();
    return !reloaded && table.onChange() != OnChange.IGNORE;
  }

  /** What people are told, one problem a table and kind. */
  List<Problem> warnings() {
    Map<TableDef, List<Found>> rows = new LinkedHashMap<>();
    Map<TableDef, List<Found>> names = new LinkedHashMap<>();
    changes.stream()
        .filter(found -> isWarnedOf(found.table(), found.change()))
        .forEach(
            found ->
                (found.change().isOfRows() ? rows : names)
                    .computeIfAbsent(found.table(), t -> new ArrayList<>())
                    .add(found));
    List<Problem> warnings = new ArrayList<>();
    rows.forEach((table, found) -> warnings.add(changed(table, found)));
    names.forEach((table, found) -> warnings.add(renamed(table, found)));
    copies.forEach(each -> warnings.add(twice(each)));
    unknown.forEach((table, units) -> warnings.add(notKnown(table, units)));
    redefined.forEach(table -> warnings.add(asBefore(table)));
    return warnings;
  }

  private static Problem changed(TableDef table, List<Found> found) {
    return warning(
        table,
        ErrorCode.SOURCE_DIFFERS,
        "The source of %s is not what was loaded, and is left alone (%s)"
            .formatted(table.name(), texts(found)),
        table.hasInterval()
            ? "Load these intervals again by --restate, or write on_change: reload."
            : "Load the table again by --full-refresh, or write on_change: reload.");
  }

  private static Problem renamed(TableDef table, List<Found> found) {
    return warning(
        table,
        ErrorCode.FILE_RENAMED,
        "Files of %s that were loaded have other names now (%s)"
            .formatted(table.name(), texts(found)),
        "Nothing is loaded: their bytes are the same. Give them their old names back, or load them again by "
            + (table.hasInterval() ? "--restate." : "--full-refresh."));
  }

  private static Problem twice(Copies copies) {
    return warning(
        copies.table(),
        ErrorCode.FILE_TWICE,
        "Files of %s have the same bytes, so their rows are loaded more than once (interval=%s, files=%s)"
            .formatted(copies.table().name(), copies.unit(), String.join(", ", copies.paths())),
        "Take the copy away and run again; if both are meant, nothing has to be done.");
  }

  private static Problem notKnown(TableDef table, List<String> units) {
    return warning(
        table,
        ErrorCode.SOURCE_UNKNOWN,
        "It is not known whether the source of %s is what was loaded: nobody asked for its state then (intervals=%s)"
            .formatted(table.name(), SourceChange.first(units)),
        "Load these intervals again by --restate, so that changes are noticed from then on, or write on_change: ignore.");
  }

  private static Problem asBefore(TableDef table) {
    return warning(
        table,
        ErrorCode.OTHER_DEFINITION,
        "The definition of %s has changed: it is for files that come from now on, and the rows that are there stay as they were loaded"
            .formatted(table.name()),
        "Nothing, if it is as it should be. To load all files that are there by it: --full-refresh.");
  }

  private static String texts(List<Found> found) {
    return SourceChange.first(found.stream().map(Found::text).toList());
  }

  private static Problem warning(TableDef table, ErrorCode code, String message, String fix) {
    return Problem.warning(code, message, new Location(table.file(), 0, "from"), fix);
  }
}
