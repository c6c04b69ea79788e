package io.afp.core.ledger;

import io.afp.core.definition.TableDef;
import java.util.Optional;
import java.util.UUID;

/** Which release of which table is served. */
public final class Servings {

  private final Database database;

  public Servings(Database database) {
    this.database = database;
  }

  /** The release that changed a table last; empty when none did. */
  public Optional<Long> lastRelease(TableDef table) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT max(release_id) FROM afp.release_table JOIN afp.release ON id = release_id AND kind <> 'clean'
                     WHERE table_namespace = :namespace AND table_name = :name AND new_location IS NOT NULL
                    """)
                .bind("namespace", table.name().namespace())
                .bind("name", table.name().name())
                .mapTo(Long.class)
                .findOne());
  }

  /** Whether this release of the table is what is served, in the way that is declared. */
  public boolean isServed(TableDef table, long release) {
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
