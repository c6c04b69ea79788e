package io.afp.core.ledger;

import io.afp.core.definition.TableName;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How far the sources of tables are read. A watermark becomes valid in the transaction that
 * publishes the rows, so neither is there without the other; a rollback brings the one back that
 * belongs to the rows.
 */
public final class Watermarks {

  static final RowsUntil ROWS = new RowsUntil("watermark", "source, value, definition_hash");

  private final Database database;

  public Watermarks(Database database) {
    this.database = database;
  }

  /** That of the rows of a table of main; empty when they did not come by a watermark. */
  public Optional<Watermark> of(TableName table) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT source, value, definition_hash FROM afp.watermark
                     WHERE table_namespace = :namespace AND table_name = :name AND until_release IS NULL
                    """)
                .bind("namespace", table.namespace())
                .bind("name", table.name())
                .map(
                    (rs, context) ->
                        new Watermark(rs.getString(1), rs.getString(2), rs.getString(3)))
                .findOne());
  }

  /** Keeps how far a step of an attempt has read, until it is published. */
  public void reached(AttemptRecord attempt, TableName table, Watermark watermark) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO afp.step_watermark (run_id, attempt, table_namespace, table_name, source, value, definition_hash)
                    VALUES (:run, :attempt, :namespace, :name, :source, :value, :hash)
                    ON CONFLICT (run_id, attempt, table_namespace, table_name) DO UPDATE
                      SET source = excluded.source, value = excluded.value, definition_hash = excluded.definition_hash
                    """)
                .bind("run", attempt.runId())
                .bind("attempt", attempt.number())
                .bind("namespace", table.namespace())
                .bind("name", table.name())
                .bind("source", watermark.source())
                .bind("value", watermark.value())
                .bind("hash", watermark.definitionHash())
                .execute());
  }

  /**
   * Makes those of the finished steps of an attempt valid, in the transaction of its publish. They
   * take the place of those before, and so does a full refresh that has none.
   */
  static void publish(Handle transaction, AttemptRecord attempt, long release) {
    for (String sql : List.of(END, BEGIN)) {
      transaction
          .createUpdate(sql)
          .bind("release", release)
          .bind("run", attempt.runId())
          .bind("attempt", attempt.number())
          .execute();
    }
  }

  private static final String END =
      """
      UPDATE afp.watermark old SET until_release = :release
        FROM afp.step s LEFT JOIN afp.step_watermark w USING (run_id, attempt, table_namespace, table_name)
       WHERE s.run_id = :run AND s.attempt = :attempt AND s.phase = 'ingest' AND s.state = 'finished'
         AND (s.full_refresh OR w.value IS NOT NULL) AND old.until_release IS NULL
         AND (s.table_namespace, s.table_name) = (old.table_namespace, old.table_name)
      """;

  private static final String BEGIN =
      """
      INSERT INTO afp.watermark (table_namespace, table_name, source, value, definition_hash, release_id)
      SELECT w.table_namespace, w.table_name, w.source, w.value, w.definition_hash, :release
        FROM afp.step_watermark w JOIN afp.step s USING (run_id, attempt, table_namespace, table_name)
       WHERE s.run_id = :run AND s.attempt = :attempt AND s.phase = 'ingest' AND s.state = 'finished'
      """;
}
