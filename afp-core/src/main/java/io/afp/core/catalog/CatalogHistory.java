package io.afp.core.catalog;

import io.afp.core.ledger.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Releases and branches, for people. */
public final class CatalogHistory {

  private final Database database;

  public CatalogHistory(Database database) {
    this.database = database;
  }

  /** The run that a release or a branch is of. */
  public record RunOf(UUID id, String pipeline) {}

  /**
   * A release.
   *
   * @param kind what made it: {@code run}, {@code rollback to N} or {@code clean}
   * @param readable whether it can still be read and rolled back to
   * @param run empty when no run made it
   * @param tables the tables that it changed, by name
   */
  public record ReleaseEntry(
      long number,
      Instant published,
      String kind,
      boolean readable,
      Optional<RunOf> run,
      List<String> tables) {}

  /**
   * A branch.
   *
   * @param run empty when no run made it
   * @param tables the tables that it has changed so far, by name
   */
  public record BranchEntry(
      String name, String state, Optional<RunOf> run, Instant created, List<String> tables) {}

  /** The newest releases, newest first. */
  public List<ReleaseEntry> releases(int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT e.id, e.published_at, concat(e.kind, ' to ' || e.rollback_to) AS kind,
                           e.expired_at IS NULL AS readable, r.id AS run_id, r.pipeline,
                           ARRAY(SELECT t.table_namespace || '.' || t.table_name FROM afp.release_table t
                                  WHERE t.release_id = e.id ORDER BY 1) AS tables
                      FROM afp.release e
                      LEFT JOIN afp.attempt a ON a.branch = e.branch LEFT JOIN afp.run r ON r.id = a.run_id
                     ORDER BY e.id DESC LIMIT :limit
                    """)
                .bind("limit", limit)
                .map(
                    (rs, context) ->
                        new ReleaseEntry(
                            rs.getLong("id"),
                            instant(rs, "published_at"),
                            rs.getString("kind"),
                            rs.getBoolean("readable"),
                            run(rs),
                            tables(rs)))
                .list());
  }

  /** The release that a branch has become; empty when it was not published. */
  public Optional<Long> releaseOf(String branch) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("SELECT id FROM afp.release WHERE branch = :branch")
                .bind("branch", branch)
                .mapTo(Long.class)
                .findOne());
  }

  /** The branches that can still be read, newest first: neither published nor discarded. */
  public List<BranchEntry> branches() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT b.name, b.state, b.created_at, r.id AS run_id, r.pipeline,
                           ARRAY(SELECT t.table_namespace || '.' || t.table_name FROM iceberg_tables t
                                   LEFT JOIN afp.branch_base p ON p.branch = b.name
                                     AND (p.table_namespace, p.table_name) = (t.table_namespace, t.table_name)
                                  WHERE t.catalog_name = 'lake@' || b.name AND b.state <> 'read'
                                    AND p.metadata_location IS DISTINCT FROM t.metadata_location ORDER BY 1) AS tables
                      FROM afp.branch b
                      LEFT JOIN afp.attempt a ON a.branch = b.name LEFT JOIN afp.run r ON r.id = a.run_id
                     WHERE b.state IN ('open', 'fenced', 'read') ORDER BY b.created_at DESC, b.name
                    """)
                .map(
                    (rs, context) ->
                        new BranchEntry(
                            rs.getString("name"),
                            rs.getString("state"),
                            run(rs),
                            instant(rs, "created_at"),
                            tables(rs)))
                .list());
  }

  private static Optional<RunOf> run(ResultSet rs) throws SQLException {
    UUID id = rs.getObject("run_id", UUID.class);
    return id == null ? Optional.empty() : Optional.of(new RunOf(id, rs.getString("pipeline")));
  }

  private static List<String> tables(ResultSet rs) throws SQLException {
    return List.of((String[]) rs.getArray("tables").getArray());
  }

  private static Instant instant(ResultSet rs, String column) throws SQLException {
    return rs.getObject(column, OffsetDateTime.class).toInstant();
  }
}
