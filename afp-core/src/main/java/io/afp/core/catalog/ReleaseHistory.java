package io.afp.core.catalog;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Database;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What the releases held, and which of them can still be read. */
public final class ReleaseHistory {

  /**
   * The tables as a release left them: for each its last row of this release or an earlier one; for
   * a table that AFP took over later, what it was before.
   */
  static final String AS_OF =
      """
      SELECT DISTINCT ON (table_namespace, table_name) *
        FROM (SELECT release_id, table_namespace, table_name, iceberg_type, new_location, previous_location
                FROM afp.release_table WHERE release_id <= :release
              UNION ALL
              SELECT 0, table_namespace, table_name, iceberg_type, old_location, NULL
                FROM (SELECT DISTINCT ON (table_namespace, table_name) * FROM afp.release_table
                       ORDER BY table_namespace, table_name, release_id) first WHERE old_location IS NOT NULL) t
       ORDER BY table_namespace, table_name, release_id DESC
      """;

  private final Database database;

  public ReleaseHistory(Database database) {
    this.database = database;
  }

  /**
   * The tables that there were at a release.
   *
   * @throws AfpException UNKNOWN_RELEASE if there is none with this number, or its files are gone
   */
  public List<Pointer> asOf(long release) {
    return database.inSnapshot(
        handle -> {
          requireReadable(handle, release);
          return handle
              .createQuery(
                  "SELECT table_namespace AS namespace, table_name AS name, new_location AS metadata_location FROM (%s) t WHERE new_location IS NOT NULL"
                      .formatted(AS_OF))
              .bind("release", release)
              .map(ConstructorMapper.of(Pointer.class))
              .list();
        });
  }

  static void requireReadable(Handle handle, long release) {
    Optional<Boolean> expired =
        handle
            .createQuery(
                "SELECT expired_at IS NOT NULL FROM afp.release WHERE id = :release FOR SHARE")
            .bind("release", release)
            .mapTo(Boolean.class)
            .findOne();
    if (expired.isEmpty() || expired.get()) {
      throw new AfpException(
          ErrorCode.UNKNOWN_RELEASE,
          "Cannot read a release: %s (release=%d)"
              .formatted(
                  expired.isEmpty() ? "there is none with this number" : "its files were cleaned",
                  release),
          "Ask `afp releases` for the numbers.");
    }
  }

  /** The tables of main that a release has changed ever; others are not AFP's. */
  public List<Pointer> main() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT table_namespace AS namespace, table_name AS name, metadata_location FROM iceberg_tables t
                     WHERE catalog_name = 'lake' AND EXISTS (SELECT 1 FROM afp.release_table r
                       WHERE (r.table_namespace, r.table_name) = (t.table_namespace, t.table_name))
                     ORDER BY 1, 2
                    """)
                .map(ConstructorMapper.of(Pointer.class))
                .list());
  }

  /** Every place where a release ever put metadata. */
  public List<String> locations() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT new_location FROM afp.release_table WHERE new_location IS NOT NULL")
                .mapTo(String.class)
                .list());
  }

  /**
   * The releases that are older than the newest ones, and can still be read; oldest first. Releases
   * of a clean do not count, because they show what the one before them shows, but for rows beside
   * tables that were kept long enough.
   */
  public List<Long> olderThanNewest(int kept) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id FROM afp.release WHERE expired_at IS NULL AND id <
                      (SELECT min(id) FROM (SELECT id FROM afp.release WHERE kind <> 'clean' ORDER BY id DESC LIMIT :kept) k)
                     ORDER BY id
                    """)
                .bind("kept", kept)
                .mapTo(Long.class)
                .list());
  }

  /** From here on these releases can't be read or rolled back to. */
  public void expire(List<Long> releases) {
    database.useTransaction(
        handle ->
            releases.forEach(
                release ->
                    handle.execute(
                        "UPDATE afp.release SET expired_at = now() WHERE id = ?", release)));
  }

  /** Says in the transaction of a publish that the release took tables back to an older one. */
  public static void markRollback(Handle transaction, long release, long to) {
    transaction.execute(
        "UPDATE afp.release SET kind = 'rollback', rollback_to = ? WHERE id = ?", to, release);
  }

  /** Says in the transaction of a publish that the release changed no row that runs work with. */
  public static void markClean(Handle transaction, long release) {
    transaction.execute("UPDATE afp.release SET kind = 'clean' WHERE id = ?", release);
  }

  /**
   * The states of the releases that are kept: a row of an old release counts as long as a kept one
   * still shows it.
   */
  static List<Pointer> keptStates(Handle handle, List<Long> without) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT table_namespace AS namespace, table_name AS name, new_location AS metadata_location
              FROM (SELECT *, lead(release_id) OVER (PARTITION BY table_namespace, table_name ORDER BY release_id) AS next
                      FROM afp.release_table) t
             WHERE new_location IS NOT NULL AND EXISTS (
               SELECT 1 FROM afp.release r WHERE r.expired_at IS NULL AND r.id <> ALL(:without)
                  AND r.id >= t.release_id AND (t.next IS NULL OR r.id < t.next))
            """)
        .bind("without", without.toArray(Long[]::new))
        .map(ConstructorMapper.of(Pointer.class))
        .list();
  }
}
