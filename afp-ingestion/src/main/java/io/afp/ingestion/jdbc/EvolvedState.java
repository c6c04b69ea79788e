package io.afp.ingestion.jdbc;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.spi.Stage.InputRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns that came to a table by {@code evolve} and count for the state of an interval, beside
 * the declared ones: those that were there when it was read. So the state has their names, and one
 * that comes later makes no change of what was loaded before.
 */
final class EvolvedState {

  private static final String WITH = ", with ";

  private EvolvedState() {}

  /** Those of each unit that is read now. */
  static Map<Unit, List<String>> columns(
      SourceSession session, TableDef loaded, Collection<Unit> units) {
    List<String> declared = session.table().fields();
    List<String> evolved =
        loaded.fields().stream()
            .filter(name -> !declared.contains(name))
            .filter(name -> session.columns().find(name).isPresent())
            .sorted()
            .toList();
    Map<Unit, List<String>> columns = new HashMap<>();
    units.forEach(unit -> columns.put(unit, evolved));
    return columns;
  }

  /** Those of each unit when it was read, as its state says. */
  static Map<Unit, List<String>> columns(
      SourceSession session, InputRequest request, Collection<Unit> units) {
    String source = session.source().title();
    Map<Unit, List<String>> columns = new HashMap<>();
    units.forEach(
        unit ->
            columns.put(
                unit,
                request.loaded().version(unit, source).map(EvolvedState::in).orElse(List.of())));
    return columns;
  }

  private static List<String> in(String state) {
    int at = state.indexOf(WITH);
    return at < 0 ? List.of() : List.of(state.substring(at + WITH.length()).split(", "));
  }

  /** How a state names them. */
  static String text(List<String> columns) {
    return columns.isEmpty() ? "" : WITH + String.join(", ", columns);
  }
}
