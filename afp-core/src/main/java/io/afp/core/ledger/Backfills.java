package io.afp.core.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** What was asked of backfills, so that one that did not end can go on. */
public final class Backfills {

  private final Database database;

  public Backfills(Database database) {
    this.database = database;
  }

  /**
   * What is asked of a backfill; two that ask for the same are the same work.
   *
   * @param request the time and the tables, as text
   */
  public record Request(String pipeline, String request, boolean restate) {}

  /**
   * A backfill.
   *
   * @param release the newest release when it began; what later ones wrote it has not to restate
   */
  public record Entry(UUID id, Instant startedAt, long release) {}

  /** The backfill that asked for the same and has not ended. */
  public Optional<Entry> unfinished(Request request) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, started_at, release_id FROM afp.backfill
                     WHERE pipeline = :pipeline AND request = :request AND restate = :restate AND ended_at IS NULL
                     ORDER BY started_at DESC LIMIT 1
                    """)
                .bindMethods(request)
                .map((rs, context) -> entry(rs))
                .findOne());
  }

  /** The newest release that there is; 0 before the first. */
  public long newestRelease() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("SELECT coalesce(max(id), 0) FROM afp.release")
                .mapTo(Long.class)
                .one());
  }

  /**
   * Records that a backfill begins.
   *
   * @param release the newest one before
   */
  public UUID begin(Request request, long release) {
    UUID id = UUID.randomUUID();
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO afp.backfill (id, pipeline, request, restate, release_id)
                    VALUES (:id, :pipeline, :request, :restate, :release)
                    """)
                .bind("id", id)
                .bindMethods(request)
                .bind("release", release)
                .execute());
    return id;
  }

  /** Records that nothing of it is left, or that nobody wants the rest. */
  public void end(UUID id) {
    database.useTransaction(
        handle -> handle.execute("UPDATE afp.backfill SET ended_at = now() WHERE id = ?", id));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getObject("id", UUID.class),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        row.getLong("release_id"));
  }
}
