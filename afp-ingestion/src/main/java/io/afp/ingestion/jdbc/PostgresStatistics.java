package io.afp.ingestion.jdbc;

import io.afp.core.definition.JdbcSourceDef.NamedTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * From what {@code ANALYZE} knows of a whole table, if not much was changed since. The histogram
 * has buckets of equal weight of all but the most common values, which are counted for themselves.
 */
final class PostgresStatistics implements RangeFinder {

  private static final String FRESH =
      """
      SELECT 1 FROM pg_stat_all_tables s JOIN pg_class c ON c.oid = s.relid
       WHERE s.relid = to_regclass(%s) AND greatest(s.last_analyze, s.last_autoanalyze) IS NOT NULL
         AND c.reltuples > 0 AND s.n_mod_since_analyze <= 0.1 * c.reltuples
      """;

  private static final String BOUNDS =
      """
      WITH stat AS (
        SELECT s.most_common_vals::text::%1$s[] AS vals, s.most_common_freqs AS freqs, s.histogram_bounds::text::%1$s[] AS bounds,
               1 - s.null_frac - coalesce((SELECT sum(f) FROM unnest(s.most_common_freqs) f), 0) AS others
          FROM pg_stats s JOIN pg_class c ON c.relname = s.tablename
          JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = s.schemaname
         WHERE c.oid = to_regclass(%2$s) AND s.attname = %3$s AND s.inherited = (c.relkind = 'p')
      ), points AS (
        SELECT unnest(vals) AS k, unnest(freqs)::float8 AS weight FROM stat
        UNION ALL
        SELECT unnest(bounds[2:]), others / greatest(cardinality(bounds) - 1, 1) FROM stat WHERE bounds IS NOT NULL
      ), below AS (
        SELECT k, sum(weight) OVER (ORDER BY k) / sum(weight) OVER () AS share FROM points
      )
      SELECT (SELECT k::text FROM below WHERE share >= parts.p - 1e-9 ORDER BY below.k LIMIT 1) FROM (VALUES %4$s) AS parts(p) ORDER BY p
      """;

  @Override
  public Optional<List<String>> bounds(Task task) throws SQLException {
    boolean whole = task.condition().isEmpty() && task.session().relation() instanceof NamedTable;
    return whole && isFresh(task) ? known(task) : Optional.empty();
  }

  private static boolean isFresh(Task task) throws SQLException {
    return !task.session().column(FRESH.formatted(name(task))).isEmpty();
  }

  private static Optional<List<String>> known(Task task) throws SQLException {
    String parts =
        IntStream.range(1, task.count())
            .mapToObj(i -> "(%d::float8 / %d)".formatted(i, task.count()))
            .collect(Collectors.joining(", "));
    String sql =
        BOUNDS.formatted(
            PostgresDialect.type(task.by()), name(task), Dialect.string(task.by().name()), parts);
    List<String> found =
        task.session().column(sql).stream()
            .filter(value -> value != null)
            .map(value -> task.session().dialect().literal(task.by(), value))
            .toList();
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private static String name(Task task) {
    return Dialect.string(task.session().from());
  }
}
