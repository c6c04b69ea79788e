package io.afp.core.ledger;

import io.afp.core.definition.TableName;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Rows of the ledger that count for a table from a release until another one, in {@code
 * until_release}; those that count now have none. So a rollback finds those of then, also a
 * rollback of a rollback.
 *
 * @param name of the table of the ledger that has them
 * @param columns all but those of the releases
 */
record RowsUntil(String name, String columns) {

  /**
   * In the transaction of a rollback: the rows of a table are those of then.
   *
   * @param to the release of then
   * @param release that of the rollback
   */
  void bringBack(Handle transaction, TableName table, long to, long release) {
    for (String sql : List.of(endLater(), bringBack())) {
      transaction
          .createUpdate(sql)
          .bind("namespace", table.namespace())
          .bind("name", table.name())
          .bind("to", to)
          .bind("release", release)
          .execute();
    }
  }

  private String endLater() {
    return """
        UPDATE afp.%s SET until_release = :release
         WHERE table_namespace = :namespace AND table_name = :name AND until_release IS NULL AND release_id > :to
        """
        .formatted(name);
  }

  private String bringBack() {
    return """
        INSERT INTO afp.%1$s (table_namespace, table_name, %2$s, release_id)
        SELECT table_namespace, table_name, %2$s, :release FROM afp.%1$s
         WHERE table_namespace = :namespace AND table_name = :name AND release_id <= :to AND until_release > :to
        """
        .formatted(name, columns);
  }
}
