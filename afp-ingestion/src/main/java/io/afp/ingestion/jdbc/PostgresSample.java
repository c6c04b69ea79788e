package io.afp.ingestion.jdbc;

import io.afp.core.definition.JdbcSourceDef.NamedTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** From a part of the blocks of a large table; from all rows that are read, where these are few. */
final class PostgresSample implements RangeFinder {

  private static final double SAMPLED = 100_000;
  private static final long ENOUGH = 1_000;

  private static final String SIZE =
      """
      SELECT reltuples FROM pg_class WHERE oid = to_regclass(%s) AND relkind IN ('r', 'm', 'p') AND reltuples > %s
      """;

  private static final String BOUNDS =
      """
      SELECT b::text, found FROM (
        SELECT percentile_disc(ARRAY[%s]) WITHIN GROUP (ORDER BY %s) AS bounds, count(*) AS found FROM %s%s
      ) q, unnest(q.bounds) WITH ORDINALITY AS u(b, i) ORDER BY i
      """;

  @Override
  public Optional<List<String>> bounds(Task task) throws SQLException {
    Optional<String> part = part(task);
    if (part.isPresent()) {
      List<List<String>> sampled = ask(task, part.get());
      if (!sampled.isEmpty() && Long.parseLong(sampled.get(0).get(1)) >= ENOUGH) {
        return Optional.of(literals(task, sampled));
      }
    }
    return Optional.of(literals(task, ask(task, "")));
  }

  private static Optional<String> part(Task task) throws SQLException {
    if (!(task.session().relation() instanceof NamedTable)) {
      return Optional.empty();
    }
    String name = Dialect.string(task.session().from());
    return task.session().column(SIZE.formatted(name, 2 * SAMPLED)).stream()
        .findFirst()
        .map(rows -> 100 * SAMPLED / Double.parseDouble(rows))
        .map(percent -> " TABLESAMPLE SYSTEM (%s) REPEATABLE (1)".formatted(percent));
  }

  private static List<List<String>> ask(Task task, String sample) throws SQLException {
    String shares =
        IntStream.range(1, task.count())
            .mapToObj(i -> "%d::float8 / %d".formatted(i, task.count()))
            .collect(Collectors.joining(", "));
    String by = task.session().dialect().quoted(task.by());
    String from = task.session().from() + sample;
    return task.session().rows(BOUNDS.formatted(shares, by, from, task.where(by + " IS NOT NULL")));
  }

  private static List<String> literals(Task task, List<List<String>> rows) {
    return rows.stream()
        .map(row -> task.session().dialect().literal(task.by(), row.get(0)))
        .toList();
  }
}
