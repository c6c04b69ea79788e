package io.afp.ingestion.jdbc;

import io.afp.core.definition.Interval;
import io.afp.core.definition.Unit;
import io.afp.core.error.Count;
import io.afp.core.spi.Inputs.SourceInput;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What tells the rows that intervals have at the source from others: their number, and a checksum
 * of their values where the database can make one that does not depend on their order. It is
 * computed in the database, many intervals by one statement.
 */
final class IntervalState {

  /** So many fit into a statement of any database. */
  private static final int AT_ONCE = 200;

  private static final String EMPTY = "0 rows";

  private final SourceSession session;
  private final IntervalRows rows;
  private final Optional<RowMark> given;

  private IntervalState(SourceSession session, IntervalRows rows, Optional<RowMark> given) {
    this.session = session;
    this.rows = rows;
    this.given = given;
  }

  /** By the best that the database knows. */
  static IntervalState of(SourceSession session, IntervalRows rows) {
    return new IntervalState(session, rows, Optional.empty());
  }

  /** By the smallest and the greatest value, as once of all databases but Postgres. */
  static IntervalState ofBounds(SourceSession session, IntervalRows rows) {
    RowMark bounds = RowMark.bounds(session.dialect(), rows.source());
    return new IntervalState(session, rows, Optional.of(bounds));
  }

  /**
   * The states of units now.
   *
   * @param evolved the columns that count for each of them beside the declared ones
   */
  Map<Unit, SourceInput> of(Map<Unit, List<String>> evolved) throws SQLException {
    Map<List<String>, List<Unit>> alike = new HashMap<>();
    evolved.keySet().stream()
        .sorted(Unit.BY_TIME)
        .forEach(
            unit -> alike.computeIfAbsent(evolved.get(unit), e -> new ArrayList<>()).add(unit));
    Map<Unit, SourceInput> states = new HashMap<>();
    for (Map.Entry<List<String>, List<Unit>> each : alike.entrySet()) {
      states.putAll(of(each.getValue(), each.getKey()));
    }
    return states;
  }

  private Map<Unit, SourceInput> of(List<Unit> ordered, List<String> evolved) throws SQLException {
    Map<Unit, SourceInput> states = new HashMap<>();
    RowMark mark = given.isPresent() ? given.get() : best(columns(evolved));
    for (int from = 0; from < ordered.size(); from += AT_ONCE) {
      List<Unit> some = ordered.subList(from, Math.min(from + AT_ONCE, ordered.size()));
      Ranges ranges = ranges(some);
      Map<String, String> found = found(ranges.bounds(), mark);
      some.forEach(
          unit -> {
            String state = found.getOrDefault(ranges.numbers().get(unit), EMPTY);
            String named = state + EvolvedState.text(evolved);
            states.put(unit, new SourceInput(session.source().title(), named));
          });
    }
    return states;
  }

  /**
   * Ranges of the interval column without gaps.
   *
   * @param bounds where each begins, and where the last one ends
   * @param numbers which of them is that of a unit, as the database says it
   */
  private record Ranges(List<String> bounds, Map<Unit, String> numbers) {}

  private Ranges ranges(List<Unit> ordered) {
    Ranges ranges = new Ranges(new ArrayList<>(), new HashMap<>());
    List<String> bounds = ranges.bounds();
    for (Unit unit : ordered) {
      Interval interval = unit.interval().orElseThrow();
      String start = rows.start(interval);
      if (bounds.isEmpty() || !bounds.get(bounds.size() - 1).equals(start)) {
        bounds.add(start);
      }
      ranges.numbers().put(unit, Integer.toString(bounds.size() - 1));
      bounds.add(rows.end(interval));
    }
    return ranges;
  }

  private List<SourceColumn> columns(List<String> evolved) {
    SourceColumns all = session.columns();
    return Stream.concat(
            all.read(session.table()).values().stream(),
            evolved.stream().flatMap(name -> all.find(name).stream()))
        .toList();
  }

  private Map<String, String> found(List<String> bounds, RowMark mark) throws SQLException {
    String ofEach =
        "SELECT %s AS afp_range, %s AS %s FROM %s WHERE %s"
            .formatted(
                session.dialect().range(rows.source(), bounds),
                mark.ofRow(),
                RowMark.NAME,
                session.from(),
                rows.between(bounds.get(0), bounds.get(bounds.size() - 1)));
    String ofAll =
        "SELECT afp_range, count(*), %s FROM (%s) afp_rows GROUP BY afp_range"
            .formatted(String.join(", ", mark.ofAll()), ofEach);
    Map<String, String> states = new HashMap<>();
    session.read(ofAll, row -> states.put(row.getString(1), said(mark, row)));
    return states;
  }

  /** Its version may lack a function, or there is a column that no function takes. */
  private RowMark best(List<SourceColumn> columns) throws SQLException {
    List<RowMark> marks = session.dialect().marks(rows.source(), columns);
    for (RowMark mark : marks.subList(0, marks.size() - 1)) {
      if (session.understands(mark.ofRow())) {
        return mark;
      }
    }
    return marks.get(marks.size() - 1);
  }

  private String said(RowMark mark, ResultSet row) throws SQLException {
    String count = Count.of(row.getLong(2), "row");
    return count + ", " + mark.said(session.dialect(), row, 3);
  }
}
