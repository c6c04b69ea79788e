package io.afp.core.ledger;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Which units are in the tables of main, and what they were made of. */
public final class DoneUnits {

  private final Database database;

  public DoneUnits(Database database) {
    this.database = database;
  }

  /**
   * A unit that is in a table.
   *
   * @param release the release that wrote it last
   * @param span its time; empty for the whole of a table
   */
  public record Done(
      String definitionHash, List<String> inputs, long release, Optional<Span> span) {

    /** Whether rows of the interval may have come with this unit, whatever its calendar is. */
    public boolean overlaps(Interval interval) {
      return span.isEmpty()
          || span.get().start().isBefore(interval.end())
              && span.get().end().isAfter(interval.start());
    }
  }

  /** A half-open slice of time. */
  public record Span(Instant start, Instant end) {}

  /** The units that are in a table, by label. */
  public Map<String, Done> of(TableName table) {
    return database.inTransaction(
        handle -> {
          Map<String, Done> done = new HashMap<>();
          handle
              .createQuery(
                  """
                  SELECT unit, definition_hash, inputs, release_id, interval_start, interval_end FROM afp.done
                   WHERE table_namespace = :namespace AND table_name = :name
                  """)
              .bind("namespace", table.namespace())
              .bind("name", table.name())
              .map((rs, context) -> done.put(rs.getString(1), done(rs)))
              .list();
          return done;
        });
  }

  /** How far the source of a table is read. */
  public Optional<Watermark> watermark(TableName table) {
    return new Watermarks(database).of(table);
  }

  /** The start of the first unit of time that is in one of the tables. */
  public Optional<Instant> earliest(Collection<TableName> tables) {
    return tables.stream()
        .flatMap(table -> of(table).values().stream())
        .flatMap(each -> each.span().stream())
        .map(Span::start)
        .min(Instant::compareTo);
  }

  private static Done done(ResultSet row) throws SQLException {
    OffsetDateTime start = row.getObject("interval_start", OffsetDateTime.class);
    OffsetDateTime end = row.getObject("interval_end", OffsetDateTime.class);
    return new Done(
        row.getString("definition_hash"),
        List.of((String[]) row.getArray("inputs").getArray()),
        row.getLong("release_id"),
        Optional.ofNullable(start).map(s -> new Span(s.toInstant(), end.toInstant())));
  }

  /**
   * What tells one state of a table of main from the next: the release that changed it last, or the
   * place of its metadata when no release ever did; empty when main has no such table.
   */
  public Optional<String> version(TableName table) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce((SELECT max(release_id)::text FROM afp.release_table r
                                       JOIN afp.release ON id = release_id AND kind <> 'clean'
                                      WHERE (r.table_namespace, r.table_name) = (t.table_namespace, t.table_name)),
                                    t.metadata_location)
                      FROM iceberg_tables t
                     WHERE t.catalog_name = 'lake' AND table_namespace = :namespace AND table_name = :name
                    """)
                .bind("namespace", table.namespace())
                .bind("name", table.name())
                .mapTo(String.class)
                .findOne());
  }

  /**
   * Forgets in the transaction of a publish what was done after a release, because a rollback took
   * it out of these tables: the next run does it again. A landing folder stays done, by the files
   * that it had then.
   *
   * @param to the release of then
   * @param release that of the rollback
   */
  public static void forgetAfter(
      Handle transaction, long to, long release, Collection<TableName> tables) {
    for (TableName table : tables) {
      LoadedFiles.bringBack(transaction, table, to, release);
      Watermarks.ROWS.bringBack(transaction, table, to, release);
      SchemaVersions.ROWS.bringBack(transaction, table, to, release);
      for (String sql : List.of(NOT_LANDED, AS_LANDED)) {
        transaction.execute(sql, to, table.namespace(), table.name());
      }
    }
  }

  /** What is there then was loaded by the definition of its files, and not by a later one. */
  private static final String AS_LANDED =
      """
      UPDATE afp.done d SET definition_hash = f.definition_hash FROM afp.loaded_file f
       WHERE f.definition_hash IS NOT NULL
         AND (f.table_namespace, f.table_name, f.unit) = (d.table_namespace, d.table_name, d.unit)
         AND d.release_id > ? AND d.table_namespace = ? AND d.table_name = ?
      """;

  private static final String NOT_LANDED =
      """
      DELETE FROM afp.done d WHERE NOT EXISTS (SELECT 1 FROM afp.loaded_file f WHERE f.definition_hash IS NOT NULL
        AND (f.table_namespace, f.table_name, f.unit) = (d.table_namespace, d.table_name, d.unit))
         AND d.release_id > ? AND d.table_namespace = ? AND d.table_name = ?
      """;

  /** All pipelines that own tables. */
  public Set<String> ownersOfAll() {
    return new TreeSet<>(owners().values());
  }

  /** The pipelines that own these tables. */
  public Set<String> ownersOf(Collection<TableName> tables) {
    return owners().entrySet().stream()
        .filter(owned -> tables.contains(owned.getKey()))
        .map(Map.Entry::getValue)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The bookkeeping of a publish, in its transaction: claims the tables for the pipeline, and turns
   * what the attempt did into done units and loaded files.
   *
   * @throws AfpException if another pipeline owns one of the tables
   */
  public static void publish(
      Handle transaction, AttemptRecord attempt, String pipeline, long release) {
    claim(transaction, attempt, pipeline);
    LoadedFiles.adopt(transaction, attempt);
    forgetRefreshed(transaction, attempt, release);
    SchemaVersions.publish(transaction, attempt, release);
    Watermarks.publish(transaction, attempt, release);
    record Row(TableName table, String unit, List<String> inputs) {}
    List<Row> rows =
        transaction
            .createQuery(
                """
                SELECT table_namespace, table_name, unit, inputs, keeps_files FROM afp.step_unit
                 WHERE run_id = :run AND attempt = :attempt
                """)
            .bind("run", attempt.runId())
            .bind("attempt", attempt.number())
            .map(
                (rs, context) ->
                    new Row(
                        new TableName(rs.getString(1), rs.getString(2)),
                        rs.getString(3),
                        inputs(rs)))
            .list();
    for (Row row : rows) {
      done(transaction, attempt, row.table(), row.unit(), release, row.inputs());
    }
    LoadedFiles.publish(transaction, attempt, release);
  }

  /** Of a landing folder what was read now is not all of it; its files are known one by one. */
  private static List<String> inputs(ResultSet unit) throws SQLException {
    List<String> inputs = List.of((String[]) unit.getArray("inputs").getArray());
    return unit.getBoolean("keeps_files") ? InputText.besideFiles(inputs) : inputs;
  }

  /** Of a table that was built anew only what was done now counts. */
  private static void forgetRefreshed(Handle transaction, AttemptRecord attempt, long release) {
    String files = LoadedFiles.keepingEarlier(REFRESHED.formatted("loaded_file"));
    for (String sql : List.of(REFRESHED.formatted("done"), files)) {
      transaction
          .createUpdate(sql)
          .bind("run", attempt.runId())
          .bind("attempt", attempt.number())
          .bind("release", release)
          .execute();
    }
  }

  private static final String REFRESHED =
      """
      DELETE FROM afp.%s old USING afp.step s
       WHERE s.run_id = :run AND s.attempt = :attempt AND s.full_refresh
         AND s.state = 'finished' AND s.phase IN ('ingest', 'transform')
         AND (s.table_namespace, s.table_name) = (old.table_namespace, old.table_name)
      """;

  private static void claim(Handle transaction, AttemptRecord attempt, String pipeline) {
    transaction
        .createUpdate(
            """
            INSERT INTO afp.owned_table (table_namespace, table_name, pipeline)
            SELECT DISTINCT table_namespace, table_name, :pipeline FROM afp.step_table
             WHERE run_id = :run AND attempt = :attempt AND access = 'write'
            ON CONFLICT DO NOTHING
            """)
        .bind("pipeline", pipeline)
        .bind("run", attempt.runId())
        .bind("attempt", attempt.number())
        .execute();
    List<String> strangers =
        transaction
            .createQuery(
                """
                SELECT o.table_namespace || '.' || o.table_name || ' belongs to ' || o.pipeline
                  FROM afp.owned_table o JOIN afp.step_table s USING (table_namespace, table_name)
                 WHERE s.run_id = :run AND s.attempt = :attempt AND s.access = 'write' AND o.pipeline <> :pipeline
                """)
            .bind("pipeline", pipeline)
            .bind("run", attempt.runId())
            .bind("attempt", attempt.number())
            .mapTo(String.class)
            .list();
    refuse("publish", strangers);
  }

  /**
   * Two pipelines never write one table: asked before any work, and again by publish.
   *
   * @throws AfpException TABLE_OWNED if another pipeline has published one of the tables
   */
  public void requireOwn(PipelineDef pipeline) {
    Set<TableName> own = pipeline.tables().stream().map(TableDef::name).collect(Collectors.toSet());
    List<String> strangers = new ArrayList<>();
    owners()
        .forEach(
            (table, owner) -> {
              if (own.contains(table) && !owner.equals(pipeline.name())) {
                strangers.add("%s belongs to %s".formatted(table, owner));
              }
            });
    refuse("run pipeline " + pipeline.name(), strangers);
  }

  /** The pipelines that own tables, by table. */
  public Map<TableName, String> owners() {
    return database.inTransaction(
        handle -> {
          Map<TableName, String> owners = new TreeMap<>();
          handle
              .createQuery("SELECT table_namespace, table_name, pipeline FROM afp.owned_table")
              .map(
                  (rs, context) ->
                      owners.put(new TableName(rs.getString(1), rs.getString(2)), rs.getString(3)))
              .list();
          return owners;
        });
  }

  private static void refuse(String action, List<String> strangers) {
    if (!strangers.isEmpty()) {
      throw new AfpException(
          ErrorCode.TABLE_OWNED,
          "Cannot %s: a table belongs to another pipeline (%s)"
              .formatted(action, String.join(", ", strangers)),
          "Give the table another name, or define it in one pipeline only.");
    }
  }

  private static void done(
      Handle transaction,
      AttemptRecord attempt,
      TableName table,
      String unit,
      long release,
      List<String> inputs) {
    String[] resolved =
        inputs.stream().map(i -> InputText.resolve(i, release)).toArray(String[]::new);
    transaction
        .createUpdate(
            """
            INSERT INTO afp.done (table_namespace, table_name, unit, interval_start, interval_end, definition_hash, inputs,
              release_id, run_id)
            SELECT table_namespace, table_name, unit, interval_start, interval_end, definition_hash, :inputs, :release, run_id
              FROM afp.step_unit WHERE run_id = :run AND attempt = :attempt
               AND table_namespace = :namespace AND table_name = :name AND unit = :unit
            ON CONFLICT (table_namespace, table_name, unit) DO UPDATE SET definition_hash = excluded.definition_hash,
              inputs = excluded.inputs, release_id = excluded.release_id, run_id = excluded.run_id
            """)
        .bind("inputs", resolved)
        .bind("release", release)
        .bind("run", attempt.runId())
        .bind("attempt", attempt.number())
        .bind("namespace", table.namespace())
        .bind("name", table.name())
        .bind("unit", unit)
        .execute();
  }
}
