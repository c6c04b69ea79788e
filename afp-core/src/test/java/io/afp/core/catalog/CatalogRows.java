package io.afp.core.catalog;

import io.afp.core.definition.TableName;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.LeaseKeeper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Does to the rows of the catalog what Iceberg does, without any files. */
final class CatalogRows {

  private final Database database;

  CatalogRows(Database database) {
    this.database = database;
  }

  /** What Iceberg executes when it creates a table. */
  void create(String catalog, String table, String location) {
    database.useTransaction(handle -> create(handle, catalog, table, location));
  }

  static void create(Handle handle, String catalog, String table, String location) {
    handle.execute(
        "INSERT INTO iceberg_tables VALUES (?, ?, ?, ?, NULL, 'TABLE')",
        catalog,
        TableName.parse(table).namespace(),
        TableName.parse(table).name(),
        location);
  }

  /** What Iceberg executes when it commits to a table. */
  void commit(String catalog, String table, String location) {
    database.useTransaction(handle -> commit(handle, catalog, table, location));
  }

  static int commit(Handle handle, String catalog, String table, String location) {
    return handle.execute(
        """
        UPDATE iceberg_tables SET previous_metadata_location = metadata_location, metadata_location = ?
         WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?
        """,
        location,
        catalog,
        TableName.parse(table).namespace(),
        TableName.parse(table).name());
  }

  /** What Iceberg executes when it drops a table. */
  void drop(String catalog, String table) {
    change("DELETE FROM iceberg_tables", catalog, table);
  }

  /** What Iceberg executes when it renames a table. */
  void rename(String catalog, String table, String name) {
    change("UPDATE iceberg_tables SET table_name = '%s'".formatted(name), catalog, table);
  }

  private void change(String sql, String catalog, String table) {
    database.useTransaction(
        handle ->
            handle.execute(
                sql + " WHERE catalog_name = ? AND table_namespace || '.' || table_name = ?",
                catalog,
                table));
  }

  /** The pointers of a catalog, by table. */
  Map<String, String> of(String catalog) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT table_namespace || '.' || table_name, metadata_location FROM iceberg_tables
                     WHERE catalog_name = :catalog
                    """)
                .bind("catalog", catalog)
                .map((rs, context) -> Map.entry(rs.getString(1), rs.getString(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** The pointers of main, by table. */
  Map<String, String> main() {
    return of(Branches.MAIN);
  }

  void own(String table, String pipeline) {
    database.useTransaction(handle -> own(handle, table, pipeline));
  }

  static void own(Handle handle, String table, String pipeline) {
    handle.execute(
        "INSERT INTO afp.owned_table VALUES (?, ?, ?)",
        TableName.parse(table).namespace(),
        TableName.parse(table).name(),
        pipeline);
  }

  /** Publishes under a lease of its own, as if every metadata file had been read back. */
  long publish(String branch) {
    try (LeaseKeeper keeper =
        LeaseKeeper.tryTake(database, "of " + branch, UUID.randomUUID()).orElseThrow()) {
      return new Publisher(database)
          .publish(branch, keeper.lease(), changed(branch), (transaction, release) -> {});
    }
  }

  Set<String> changed(String branch) {
    return new Branches(database)
        .changed(branch).stream().map(Pointer::metadataLocation).collect(Collectors.toSet());
  }

  /** Numbers of a query, for what has no method of its own. */
  List<Long> numbers(String sql) {
    return database.inTransaction(handle -> handle.createQuery(sql).mapTo(Long.class).list());
  }

  /** Whether a transaction of this database waits for a lock. */
  boolean isSomebodyWaiting() {
    return !numbers(
            """
            SELECT pid FROM pg_stat_activity
             WHERE wait_event_type = 'Lock' AND datname = current_database()
            """)
        .isEmpty();
  }
}
