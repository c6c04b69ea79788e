package io.afp.core.ledger;

import io.afp.core.definition.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The files whose rows are in tables of main. */
public final class LoadedFiles {

  private final Database database;

  public LoadedFiles(Database database) {
    this.database = database;
  }

  /** The files of a table, by unit and path. */
  public Map<String, Map<String, LoadedFile>> of(TableName table) {
    return database.inTransaction(
        handle -> {
          Map<String, Map<String, LoadedFile>> files = new HashMap<>();
          handle
              .createQuery(
                  """
                  SELECT unit, path, checksum, size, modified_at, checked_at, definition_hash FROM afp.loaded_file
                   WHERE table_namespace = :namespace AND table_name = :name
                  """)
              .bind("namespace", table.namespace())
              .bind("name", table.name())
              .map((rs, context) -> Map.entry(rs.getString("unit"), file(rs)))
              .forEach(
                  row ->
                      files
                          .computeIfAbsent(row.getKey(), unit -> new HashMap<>())
                          .put(row.getValue().path(), row.getValue()));
          return files;
        });
  }

  private static LoadedFile file(ResultSet row) throws SQLException {
    long size = row.getLong("size");
    Optional<FileStamp> stamp =
        instant(row, "modified_at").map(modified -> new FileStamp(size, modified));
    return new LoadedFile(
        row.getString("path"),
        row.getString("checksum"),
        stamp,
        instant(row, "checked_at"),
        Optional.ofNullable(row.getString("definition_hash")));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /**
   * Remembers how files look now that have the bytes that were loaded, so that the next plan need
   * not read them. Rows that somebody else is at work on are left alone: this is no more than a
   * saving.
   *
   * @param files by unit
   */
  public void remember(TableName table, Map<String, List<LoadedFile>> files) {
    database.useTransaction(
        handle -> {
          PreparedBatch batch = handle.prepareBatch(REMEMBER);
          files.forEach((unit, all) -> all.forEach(file -> add(batch, table, unit, file)));
          batch.execute();
        });
  }

  private static final String REMEMBER =
      """
      UPDATE afp.loaded_file SET size = :size, modified_at = :modified, checked_at = :checked
       WHERE ctid IN (SELECT ctid FROM afp.loaded_file
                       WHERE table_namespace = :namespace AND table_name = :name AND unit = :unit AND path = :path
                         AND checksum = :checksum FOR UPDATE SKIP LOCKED)
      """;

  private static void add(PreparedBatch batch, TableName table, String unit, LoadedFile file) {
    batch
        .bind("namespace", table.namespace())
        .bind("name", table.name())
        .bind("unit", unit)
        .bind("path", file.path())
        .bind("checksum", file.checksum())
        .bind("size", file.stamp().map(FileStamp::size))
        .bind("modified", file.stamp().map(FileStamp::modified))
        .bind("checked", file.checked())
        .add();
  }

  /**
   * In the transaction of a publish into a landing folder, before what was done before is
   * forgotten: files that were loaded all at once are known one by one from now on, so that a
   * rollback brings them back. They are of the definition that all of them were loaded by.
   */
  static void adopt(Handle transaction, AttemptRecord attempt) {
    transaction
        .createUpdate(
            """
            UPDATE afp.loaded_file f SET definition_hash = d.definition_hash
              FROM afp.done d JOIN afp.step_unit u USING (table_namespace, table_name, unit)
             WHERE (u.run_id, u.attempt) = (:run, :attempt) AND u.keeps_files AND f.definition_hash IS NULL
               AND (f.table_namespace, f.table_name, f.unit) = (d.table_namespace, d.table_name, d.unit)
            """)
        .bind("run", attempt.runId())
        .bind("attempt", attempt.number())
        .execute();
  }

  /**
   * In the transaction of a publish: of the units that the attempt did, what it read counts; beside
   * it, in a landing folder, what was read before.
   */
  static void publish(Handle transaction, AttemptRecord attempt, long release) {
    String forget = keepingEarlier(FORGET.formatted("loaded_file", "path"));
    for (String sql : List.of(forget, FORGET.formatted("source_change", "name"), LOAD)) {
      transaction
          .createUpdate(sql)
          .bind("run", attempt.runId())
          .bind("attempt", attempt.number())
          .bind("release", release)
          .execute();
    }
  }

  private static final String FORGET =
      """
      DELETE FROM afp.%s old USING afp.step_unit u
       WHERE (u.run_id, u.attempt) = (:run, :attempt)
         AND (u.table_namespace, u.table_name, u.unit) = (old.table_namespace, old.table_name, old.unit)
         AND (NOT u.keeps_files OR EXISTS (
           SELECT 1 FROM afp.step_file f
            WHERE (f.run_id, f.attempt, f.table_namespace, f.table_name, f.unit, f.path)
                = (u.run_id, u.attempt, u.table_namespace, u.table_name, u.unit, old.%s)))
      """;

  private static final String LOAD =
      """
      INSERT INTO afp.loaded_file (table_namespace, table_name, unit, path, checksum, size, modified_at, checked_at,
        definition_hash, release_id)
      SELECT table_namespace, table_name, unit, path, checksum, size, modified_at, checked_at,
        CASE WHEN keeps_files THEN definition_hash END, :release
        FROM afp.step_file JOIN afp.step_unit USING (run_id, attempt, table_namespace, table_name, unit)
       WHERE run_id = :run AND attempt = :attempt
      """;

  /**
   * A deletion of files from the ledger, as {@code old}, which remembers those of landing folders:
   * a rollback may bring them back.
   */
  static String keepingEarlier(String delete) {
    return """
    WITH gone AS (%s RETURNING old.*)
    INSERT INTO afp.earlier_file (table_namespace, table_name, unit, path, checksum, size, modified_at, checked_at,
      definition_hash, release_id, until_release)
    SELECT table_namespace, table_name, unit, path, checksum, size, modified_at, checked_at, definition_hash, release_id,
      :release FROM gone WHERE definition_hash IS NOT NULL
    """
        .formatted(delete);
  }

  /**
   * In the transaction of a rollback: the files of a table are those of then. Of units that are
   * done as a whole those that came later are forgotten, and the units with them.
   *
   * @param to the release of then
   * @param release that of the rollback
   */
  static void bringBack(Handle transaction, TableName table, long to, long release) {
    for (String sql : List.of(keepingEarlier(LATER), BRING_BACK)) {
      transaction
          .createUpdate(sql)
          .bind("namespace", table.namespace())
          .bind("name", table.name())
          .bind("to", to)
          .bind("release", release)
          .execute();
    }
  }

  private static final String LATER =
      """
      DELETE FROM afp.loaded_file old
       WHERE table_namespace = :namespace AND table_name = :name AND release_id > :to
      """;

  private static final String BRING_BACK =
      """
      INSERT INTO afp.loaded_file (table_namespace, table_name, unit, path, checksum, size, modified_at, checked_at,
        definition_hash, release_id)
      SELECT table_namespace, table_name, unit, path, checksum, size, modified_at, checked_at, definition_hash, :release
        FROM afp.earlier_file
       WHERE table_namespace = :namespace AND table_name = :name AND release_id <= :to AND until_release > :to
      """;
}
