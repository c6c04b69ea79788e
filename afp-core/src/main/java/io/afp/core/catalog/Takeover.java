package io.afp.core.catalog;

import io.afp.core.definition.TableName;
import io.afp.core.ledger.Database;
import java.util.Collection;
import org.jdbi.v3.core.Handle;

/**
 * Carries the work of a dead attempt over to the branch of the next one.
 *
 * <p>The dead branch is fenced first. A table is carried over only if main still has the pointer
 * that the dead branch started from, for every table that the step wrote or read: without that
 * comparison another run's publish would be lost.
 */
public final class Takeover {

  private final Database database;

  public Takeover(Database database) {
    this.database = database;
  }

  /**
   * Carries over the tables that a step wrote.
   *
   * @param wrote the tables whose pointers are carried over
   * @param read the tables that the step depended on
   * @return whether it was done; if not, the step must run again
   */
  public boolean carryOver(
      String from, String to, Collection<TableName> wrote, Collection<TableName> read) {
    return database.inTransaction(
        handle -> {
          boolean unmoved =
              isThere(handle, from)
                  && wrote.stream().allMatch(t -> unmoved(handle, from, t))
                  && read.stream().allMatch(t -> unmoved(handle, from, t));
          if (unmoved) {
            wrote.forEach(t -> copyPointer(handle, from, to, t));
            read.forEach(t -> copyMark(handle, to, t));
          }
          return unmoved;
        });
  }

  /** Nobody discards it meanwhile. */
  private static boolean isThere(Handle handle, String branch) {
    return handle
        .createQuery(
            "SELECT 1 FROM afp.branch WHERE name = :branch AND state IN ('open', 'fenced') FOR SHARE")
        .bind("branch", branch)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static boolean unmoved(Handle handle, String from, TableName table) {
    return handle
        .createQuery(
            """
            SELECT (SELECT metadata_location FROM afp.branch_base
                     WHERE branch = :from AND table_namespace = :namespace AND table_name = :name)
              IS NOT DISTINCT FROM
                   (SELECT metadata_location FROM iceberg_tables
                     WHERE catalog_name = 'lake' AND table_namespace = :namespace AND table_name = :name)
            """)
        .bind("from", from)
        .bind("namespace", table.namespace())
        .bind("name", table.name())
        .mapTo(Boolean.class)
        .one();
  }

  private static void copyPointer(Handle handle, String from, String to, TableName table) {
    handle
        .createUpdate(
            """
            INSERT INTO iceberg_namespace_properties (catalog_name, namespace, property_key, property_value)
            SELECT 'lake@' || :to, namespace, property_key, property_value FROM iceberg_namespace_properties
             WHERE catalog_name = 'lake@' || :from AND namespace = :namespace
            ON CONFLICT DO NOTHING
            """)
        .bind("from", from)
        .bind("to", to)
        .bind("namespace", table.namespace())
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO iceberg_tables
              (catalog_name, table_namespace, table_name, metadata_location, previous_metadata_location, iceberg_type)
            SELECT 'lake@' || :to, table_namespace, table_name, metadata_location, previous_metadata_location, iceberg_type
              FROM iceberg_tables
             WHERE catalog_name = 'lake@' || :from AND table_namespace = :namespace AND table_name = :name
            ON CONFLICT (catalog_name, table_namespace, table_name) DO UPDATE
              SET metadata_location = excluded.metadata_location,
                  previous_metadata_location = excluded.previous_metadata_location,
                  iceberg_type = excluded.iceberg_type
            """)
        .bind("from", from)
        .bind("to", to)
        .bind("namespace", table.namespace())
        .bind("name", table.name())
        .execute();
  }

  private static void copyMark(Handle handle, String to, TableName table) {
    handle
        .createUpdate(
            """
            UPDATE afp.branch_base SET must_hold = true
             WHERE branch = :to AND table_namespace = :namespace AND table_name = :name
            """)
        .bind("to", to)
        .bind("namespace", table.namespace())
        .bind("name", table.name())
        .execute();
  }
}
