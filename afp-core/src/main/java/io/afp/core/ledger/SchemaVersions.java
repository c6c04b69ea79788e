package io.afp.core.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.core.definition.TableName;
import io.afp.core.ledger.SchemaVersion.Change;
import io.afp.core.ledger.SchemaVersion.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What is known of the columns of sources. */
public final class SchemaVersions {

  static final RowsUntil ROWS =
      new RowsUntil(
          "schema_version", "version, unit, interval_start, columns, changes, run_id, found_at");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Column>> COLUMNS = new TypeReference<>() {};
  private static final TypeReference<List<Change>> CHANGES = new TypeReference<>() {};

  private final Database database;

  public SchemaVersions(Database database) {
    this.database = database;
  }

  /** All versions of the source of a table, in the order in which they were found. */
  public List<SchemaVersion> of(TableName table) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM afp.schema_version
                     WHERE table_namespace = :namespace AND table_name = :name AND until_release IS NULL
                     ORDER BY version
                    """)
                .bind("namespace", table.namespace())
                .bind("name", table.name())
                .map((rs, context) -> version(rs))
                .list());
  }

  /** A version of a table, and the run and release that brought it. */
  public record Published(
      String pipeline,
      TableName table,
      SchemaVersion version,
      long release,
      UUID run,
      Instant found) {}

  /** The last versions of each table that changed something, the newest first. */
  public List<Published> latest() {
    return published(
        """
        version = (SELECT max(version) FROM afp.schema_version w
                    CROSS JOIN LATERAL json_array_elements(w.changes) c
                    WHERE (w.table_namespace, w.table_name) = (v.table_namespace, v.table_name)
                      AND w.until_release IS NULL AND c ->> 'kind' <> 'first')
         ORDER BY release_id DESC, table_namespace, table_name
        """,
        "");
  }

  /** All versions of a table, the newest first. */
  public List<Published> history(String table) {
    return published("table_namespace || '.' || table_name = :table ORDER BY version DESC", table);
  }

  private List<Published> published(String which, String table) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT v.*, o.pipeline FROM afp.schema_version v
                      JOIN afp.owned_table o USING (table_namespace, table_name)
                     WHERE v.until_release IS NULL AND %s
                    """
                        .formatted(which))
                .bind("table", table)
                .map((rs, context) -> published(rs))
                .list());
  }

  private static Published published(ResultSet rs) throws SQLException {
    return new Published(
        rs.getString("pipeline"),
        new TableName(rs.getString("table_namespace"), rs.getString("table_name")),
        version(rs),
        rs.getLong("release_id"),
        rs.getObject("run_id", UUID.class),
        rs.getObject("found_at", OffsetDateTime.class).toInstant());
  }

  private static SchemaVersion version(ResultSet rs) throws SQLException {
    return new SchemaVersion(
        rs.getInt("version"),
        rs.getString("unit"),
        Optional.ofNullable(rs.getObject("interval_start", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        read(rs.getString("columns"), COLUMNS),
        read(rs.getString("changes"), CHANGES));
  }

  /** Keeps what a step has found, until it is published. */
  static void keep(
      Handle handle, AttemptRecord attempt, TableName table, List<SchemaVersion> versions) {
    for (int i = 0; i < versions.size(); i++) {
      SchemaVersion version = versions.get(i);
      handle
          .createUpdate(
              """
              INSERT INTO afp.step_schema (run_id, attempt, table_namespace, table_name, position, unit, interval_start,
                columns, changes)
              VALUES (:run, :attempt, :namespace, :name, :position, :unit, :start, CAST(:columns AS json),
                CAST(:changes AS json))
              """)
          .bind("run", attempt.runId())
          .bind("attempt", attempt.number())
          .bind("namespace", table.namespace())
          .bind("name", table.name())
          .bind("position", i)
          .bind("unit", version.unit())
          .bind("start", version.start())
          .bind("columns", write(version.columns()))
          .bind("changes", write(version.changes()))
          .execute();
    }
  }

  /** Takes over what a step of an earlier attempt has found; bound like {@link Steps}' others. */
  static final String TAKE_OVER =
      """
      INSERT INTO afp.step_schema (run_id, attempt, table_namespace, table_name, position, unit, interval_start, columns,
        changes)
      SELECT run_id, :attempt, table_namespace, table_name, position, unit, interval_start, columns, changes
        FROM afp.step_schema WHERE run_id = :run AND attempt = :from
         AND table_namespace = :namespace AND table_name = :name
      """;

  /** Makes what an attempt has found known, in the transaction of its publish. */
  static void publish(Handle transaction, AttemptRecord attempt, long release) {
    transaction
        .createUpdate(
            """
            INSERT INTO afp.schema_version (table_namespace, table_name, version, unit, interval_start, columns, changes,
              release_id, run_id)
            SELECT table_namespace, table_name,
                   coalesce((SELECT max(version) FROM afp.schema_version v
                              WHERE (v.table_namespace, v.table_name) = (s.table_namespace, s.table_name)
                                AND v.until_release IS NULL), 0)
                     + row_number() OVER (PARTITION BY table_namespace, table_name ORDER BY position),
                   unit, interval_start, columns, changes, :release, run_id
              FROM afp.step_schema s WHERE run_id = :run AND attempt = :attempt
            """)
        .bind("release", release)
        .bind("run", attempt.runId())
        .bind("attempt", attempt.number())
        .execute();
  }

  private static String write(List<?> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts are always JSON", e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The ledger holds what was written", e);
    }
  }
}
