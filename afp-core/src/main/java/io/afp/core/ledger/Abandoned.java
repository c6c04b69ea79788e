package io.afp.core.ledger;

import io.afp.core.definition.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Attempts whose driver ended without a word. */
public final class Abandoned {

  private final Database database;

  public Abandoned(Database database) {
    this.database = database;
  }

  /**
   * An attempt that nobody ended.
   *
   * @param steps those that were at work
   */
  public record Attempt(UUID run, int number, Instant startedAt, List<Step> steps) {}

  /** A step that was at work. */
  public record Step(Phase phase, TableName table) {

    private static Step of(String text) {
      String[] parts = text.split(" ", 2);
      return new Step(Phase.of(parts[0]), TableName.parse(parts[1]));
    }
  }

  /** Those that have left these branches, while the lease of their pipeline is held. */
  public List<Attempt> of(Collection<String> branches) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT a.run_id, a.number, a.started_at,
                      ARRAY(SELECT s.phase || ' ' || s.table_namespace || '.' || s.table_name FROM afp.step s
                             WHERE (s.run_id, s.attempt) = (a.run_id, a.number) AND s.state = 'running'
                             ORDER BY s.position) AS steps
                      FROM afp.attempt a WHERE a.branch = ANY(:branches) AND a.ended_at IS NULL ORDER BY a.started_at
                    """)
                .bind("branches", branches.toArray(String[]::new))
                .map((rs, context) -> attempt(rs))
                .list());
  }

  private static Attempt attempt(ResultSet rs) throws SQLException {
    String[] steps = (String[]) rs.getArray("steps").getArray();
    return new Attempt(
        rs.getObject("run_id", UUID.class),
        rs.getInt("number"),
        rs.getTimestamp("started_at").toInstant(),
        Arrays.stream(steps).map(Step::of).toList());
  }
}
