package io.afp.core.ledger;

import io.afp.core.definition.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The changes of sources that are warned of and not loaded, as the last look found them. */
public final class SourceNotes {

  private final Database database;

  public SourceNotes(Database database) {
    this.database = database;
  }

  /**
   * A change of a published table.
   *
   * @param pipeline whose table it is
   */
  public record Noted(String pipeline, TableName table, String unit, SourceChange change) {}

  /**
   * Notes what a look has found.
   *
   * @param looked the units of the table that it looked at
   * @param found the changes that are warned of, by unit
   */
  public void note(
      TableName table, Collection<String> looked, Map<String, List<SourceChange>> found) {
    database.useTransaction(
        handle -> {
          forget(handle, table, looked);
          PreparedBatch batch = handle.prepareBatch(NOTE);
          found.forEach((unit, changes) -> changes.forEach(c -> add(batch, table, unit, c)));
          batch.execute();
        });
  }

  /** Nobody waits for this: what a publish is at work on, it forgets itself. */
  private static void forget(Handle handle, TableName table, Collection<String> units) {
    handle
        .createUpdate(
            """
            DELETE FROM afp.source_change WHERE ctid IN (
              SELECT ctid FROM afp.source_change WHERE table_namespace = :namespace AND table_name = :name AND unit = ANY (:units)
                 FOR UPDATE SKIP LOCKED)
            """)
        .bind("namespace", table.namespace())
        .bind("name", table.name())
        .bind("units", units.toArray(String[]::new))
        .execute();
  }

  private static final String NOTE =
      """
      INSERT INTO afp.source_change (table_namespace, table_name, unit, kind, name, was)
      SELECT table_namespace, table_name, unit, :kind, :file, :was FROM afp.done
       WHERE table_namespace = :namespace AND table_name = :name AND unit = :unit FOR KEY SHARE SKIP LOCKED
      ON CONFLICT DO NOTHING
      """;

  private static void add(PreparedBatch batch, TableName table, String unit, SourceChange change) {
    batch
        .bind("namespace", table.namespace())
        .bind("name", table.name())
        .bind("unit", unit)
        .bind("kind", change.kind().word())
        .bind("file", change.name())
        .bind("was", change.was())
        .add();
  }

  /** All that is noted, by pipeline, table, unit and name. */
  public List<Noted> all() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT o.pipeline, c.* FROM afp.source_change c JOIN afp.owned_table o USING (table_namespace, table_name)
                     ORDER BY o.pipeline, table_namespace, table_name, unit, name
                    """)
                .map(
                    (rs, context) ->
                        new Noted(
                            rs.getString("pipeline"),
                            new TableName(
                                rs.getString("table_namespace"), rs.getString("table_name")),
                            rs.getString("unit"),
                            new SourceChange(
                                SourceChange.Kind.valueOf(
                                    rs.getString("kind").toUpperCase(Locale.ROOT)),
                                rs.getString("name"),
                                Optional.ofNullable(rs.getString("was")))))
                .list());
  }
}
