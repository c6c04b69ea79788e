package io.afp.core.catalog;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The statements of one publish, in the order in which {@link Publisher} calls them. The order of
 * the locks is the same for every publish (advisory lock, branch, lease, main's rows by name), so
 * that two of them never wait for each other.
 */
final class Release {

  private final Handle handle;
  private final String branch;
  private long id;

  Release(Handle handle, String branch) {
    this.handle = handle;
    this.branch = branch;
  }

  /** Freezes the branch by deleting its rows, and records what it changed. */
  long record() {
    id =
        handle
            .createQuery(
                "INSERT INTO afp.release (id, branch) SELECT coalesce(max(id), 0) + 1, :branch FROM afp.release RETURNING id")
            .bind("branch", branch)
            .mapTo(Long.class)
            .one();
    execute(
        """
        WITH t AS (DELETE FROM iceberg_tables WHERE catalog_name = 'lake@' || :branch RETURNING *)
        INSERT INTO afp.release_table
          (release_id, table_namespace, table_name, iceberg_type, old_location, new_location, previous_location)
        SELECT :release, coalesce(p.table_namespace, t.table_namespace), coalesce(p.table_name, t.table_name),
               coalesce(t.iceberg_type, p.iceberg_type), p.metadata_location, t.metadata_location, t.previous_metadata_location
          FROM (SELECT * FROM afp.branch_base WHERE branch = :branch) p
          FULL JOIN t ON (p.table_namespace, p.table_name) = (t.table_namespace, t.table_name)
         WHERE p.metadata_location IS DISTINCT FROM t.metadata_location
        """);
    return id;
  }

  /** Swaps main's pointers, each by comparison with the one that the branch started from. */
  void moveMain() {
    long wanted = count("SELECT count(*) FROM afp.release_table WHERE release_id = :release");
    lockMain();
    requireHeld();
    long moved =
        execute(
                """
                UPDATE iceberg_tables m SET metadata_location = d.new_location,
                       previous_metadata_location = d.old_location, iceberg_type = d.iceberg_type
                  FROM afp.release_table d
                 WHERE d.release_id = :release AND m.catalog_name = 'lake'
                   AND (m.table_namespace, m.table_name) = (d.table_namespace, d.table_name)
                   AND m.metadata_location = d.old_location AND d.new_location IS NOT NULL
                """)
            + execute(
                """
                DELETE FROM iceberg_tables m USING afp.release_table d
                 WHERE d.release_id = :release AND m.catalog_name = 'lake'
                   AND (m.table_namespace, m.table_name) = (d.table_namespace, d.table_name)
                   AND m.metadata_location = d.old_location AND d.new_location IS NULL
                """)
            + execute(
                """
                INSERT INTO iceberg_tables
                  (catalog_name, table_namespace, table_name, metadata_location, previous_metadata_location, iceberg_type)
                SELECT 'lake', table_namespace, table_name, new_location, previous_location, iceberg_type
                  FROM afp.release_table WHERE release_id = :release AND old_location IS NULL
                ON CONFLICT DO NOTHING
                """);
    if (moved != wanted) {
      throw refused("another writer changed a table that this run changed");
    }
  }

  private void lockMain() {
    handle
        .createQuery(
            """
            SELECT 1 FROM iceberg_tables m JOIN afp.release_table d ON d.release_id = :release
               AND (m.table_namespace, m.table_name) = (d.table_namespace, d.table_name)
             WHERE m.catalog_name = 'lake' ORDER BY m.table_namespace, m.table_name FOR UPDATE OF m
            """)
        .bind("release", id)
        .mapTo(Integer.class)
        .list();
  }

  private void requireHeld() {
    long needed =
        count("SELECT count(*) FROM afp.branch_base WHERE branch = :branch AND must_hold");
    List<Integer> held =
        handle
            .createQuery(
                """
                SELECT 1 FROM iceberg_tables m JOIN afp.branch_base p USING (table_namespace, table_name)
                 WHERE p.branch = :branch AND p.must_hold AND m.catalog_name = 'lake'
                   AND m.metadata_location = p.metadata_location
                   FOR SHARE OF m
                """)
            .bind("branch", branch)
            .mapTo(Integer.class)
            .list();
    if (held.size() != needed) {
      throw refused("another writer changed a table that this run read");
    }
  }

  private AfpException refused(String reason) {
    return new AfpException(
        ErrorCode.MAIN_MOVED,
        "Cannot publish: %s (branch=%s)".formatted(reason, branch),
        "Nothing was published. Run again: the next attempt starts from the new state.");
  }

  /** Ends the branch. */
  void dropBranch() {
    execute(
        """
        INSERT INTO iceberg_namespace_properties (catalog_name, namespace, property_key, property_value)
        SELECT 'lake', namespace, property_key, property_value
          FROM iceberg_namespace_properties WHERE catalog_name = 'lake@' || :branch ON CONFLICT DO NOTHING
        """);
    execute("DELETE FROM iceberg_namespace_properties WHERE catalog_name = 'lake@' || :branch");
    execute("DELETE FROM afp.branch_base WHERE branch = :branch");
    execute(
        "UPDATE afp.branch SET state = 'published', release_id = :release WHERE name = :branch");
  }

  private long count(String sql) {
    return handle
        .createQuery(sql)
        .bind("branch", branch)
        .bind("release", id)
        .mapTo(Long.class)
        .one();
  }

  private int execute(String sql) {
    return handle.createUpdate(sql).bind("branch", branch).bind("release", id).execute();
  }
}
