package io.afp.core.ledger;

import io.afp.core.definition.TableDef;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which release of which table is served. */
public final class Servings {

  private final Database database;

  public Servings(Database database) {
    this.database = database;
  }

  /** The release that changed a table last; empty when none did, or it took the table out. */
  public Optional<Long> lastRelease(TableDef table) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT release_id FROM
                      (SELECT release_id, new_location FROM afp.release_table JOIN afp.release ON id = release_id AND kind <> 'clean'
                        WHERE table_namespace = :namespace AND table_name = :name ORDER BY release_id DESC LIMIT 1) last
                     WHERE new_location IS NOT NULL
                    """)
                .bind("namespace", table.name().namespace())
                .bind("name", table.name().name())
                .mapTo(Long.class)
                .findOne());
  }

  /** Whether a table with {@code serve} waits to be served. */
  public boolean isPending(TableDef table) {
    return lastRelease(table).filter(release -> !isServed(table, release)).isPresent();
  }

  /**
   * What is served of a table as it was before the newest rollback.
   *
   * @param pipeline that owns the table
   * @param gone whether the rollback took the table out
   * @param backTo the release that the rollback went back to
   */
  public record Old(String target, String pipeline, boolean gone, long backTo) {}

  /** What is served still as it was before the newest release, if that is a rollback. */
  public List<Old> olderThanRollback() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT target, pipeline, new_location IS NULL AS gone, rollback_to FROM afp.release_table t
                      JOIN (SELECT * FROM afp.release WHERE kind <> 'clean' ORDER BY id DESC LIMIT 1) r
                        ON id = t.release_id AND kind = 'rollback'
                      JOIN afp.owned_table USING (table_namespace, table_name)
                      JOIN afp.serving_load l USING (table_namespace, table_name)
                     WHERE l.release_id < t.release_id ORDER BY target
                    """)
                .map(
                    (rs, context) ->
                        new Old(
                            rs.getString("target"),
                            rs.getString("pipeline"),
                            rs.getBoolean("gone"),
                            rs.getLong("rollback_to")))
                .list());
  }

  private boolean isServed(TableDef table, long release) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS (SELECT 1 FROM afp.serving_load
                     WHERE target = :target AND table_namespace = :namespace AND table_name = :name
                       AND release_id = :release AND serve_hash = :hash)
                    """)
                .bind("target", target(table))
                .bind("namespace", table.name().namespace())
                .bind("name", table.name().name())
                .bind("release", release)
                .bind("hash", hash(table))
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * Records what is served; the serving database has recorded it before, in the transaction of the
   * load.
   */
  public void record(TableDef table, long release, long rows, long bytes, UUID run) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO afp.serving_load (target, table_namespace, table_name, release_id, serve_hash, rows, bytes, run_id)
                    VALUES (:target, :namespace, :name, :release, :hash, :rows, :bytes, :run)
                    ON CONFLICT (target) DO UPDATE SET table_namespace = excluded.table_namespace,
                      table_name = excluded.table_name, release_id = excluded.release_id, serve_hash = excluded.serve_hash,
                      rows = excluded.rows, bytes = excluded.bytes, run_id = excluded.run_id, loaded_at = now()
                    """)
                .bind("target", target(table))
                .bind("namespace", table.name().namespace())
                .bind("name", table.name().name())
                .bind("release", release)
                .bind("hash", hash(table))
                .bind("rows", rows)
                .bind("bytes", bytes)
                .bind("run", run)
                .execute());
  }

  private static String target(TableDef table) {
    return table.serve().orElseThrow().target().toString();
  }

  /** The declaration as text: short, readable, and different for every other declaration. */
  private static String hash(TableDef table) {
    return table.serve().orElseThrow().toString();
  }
}
