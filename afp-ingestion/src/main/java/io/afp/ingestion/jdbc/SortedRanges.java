package io.afp.ingestion.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** By window functions, as most databases have them: the database sorts the column once. */
final class SortedRanges implements RangeFinder {

  private static final String BOUNDS =
      """
      SELECT max(k) FROM (SELECT %1$s AS k, ntile(%2$d) OVER (ORDER BY %1$s) AS part FROM %3$s%4$s) q
       GROUP BY part ORDER BY 1
      """;

  @Override
  public Optional<List<String>> bounds(Task task) throws SQLException {
    String by = task.session().dialect().quoted(task.by());
    String where = task.where(by + " IS NOT NULL");
    List<String> highest;
    try {
      highest =
          task.session()
              .values(task.by(), BOUNDS.formatted(by, task.count(), task.session().from(), where));
    } catch (SQLException e) {
      return Optional.empty(); // an old database has no window functions
    }
    boolean safe = highest.stream().noneMatch(value -> value.indexOf('\\') >= 0);
    return safe
        ? Optional.of(
            highest.stream()
                .limit(Math.max(highest.size() - 1, 0))
                .map(value -> task.session().dialect().literal(task.by(), value))
                .toList())
        : Optional.of(List.of()); // databases disagree about what a backslash means in a literal
  }
}
