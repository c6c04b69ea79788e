package io.afp.core.ledger;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the lease of a pipeline and keeps it alive.
 *
 * <p>A lease is free when it has expired, or when the connection that its holder keeps open is
 * gone: a killed driver frees its lease at once, a driver behind a broken network after {@link
 * #TIME_TO_LIVE}. A holder that comes back later finds another token and can't publish. Only the
 * clock of Postgres counts.
 *
 * <p>Between two drivers of one run nobody holds the connection; the lease then waits for the next
 * driver of that run for {@link #HANDOVER}.
 */
public final class LeaseKeeper implements AutoCloseable {

  /** How long a lease lives without a heartbeat. */
  public static final Duration TIME_TO_LIVE = Duration.ofSeconds(60);

  /** How long a lease waits for the next driver of the same run. */
  public static final Duration HANDOVER = Duration.ofMinutes(15);

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final String RENEW =
      """
      SET expires_at = now() + make_interval(secs => :seconds), backend_pid = pg_backend_pid(),
        backend_start = (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())
      """;
  private static final String LEAVE =
      "SET expires_at = now() + make_interval(secs => :seconds), backend_pid = NULL, backend_start"
          + " = NULL";
  private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

  private final Database database;
  private final Lease lease;
  private final boolean handedOver;
  private final ScheduledExecutorService heart;
  private Handle connection;
  private volatile boolean lost;

  private LeaseKeeper(Database database, Lease lease, boolean handedOver, Handle connection) {
    this.database = database;
    this.lease = lease;
    this.handedOver = handedOver;
    this.connection = connection;
    this.heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "afp-lease");
              thread.setDaemon(true);
              return thread;
            });
    long period = HEARTBEAT.toMillis();
    heart.scheduleAtFixedRate(this::beat, period, period, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the lease if it is free.
   *
   * @return empty while another driver holds it
   */
  public static Optional<LeaseKeeper> tryTake(Database database, String pipeline, UUID runId) {
    Handle connection = database.dedicatedHandle();
    try {
      Optional<LeaseKeeper> keeper =
          connection.inTransaction(h -> take(database, h, pipeline, runId));
      if (keeper.isEmpty()) {
        connection.close();
      }
      return keeper;
    } catch (JdbiException e) {
      connection.close();
      throw PostgresErrors.translate(e, database.account().uri());
    }
  }

  private static Optional<LeaseKeeper> take(
      Database database, Handle handle, String pipeline, UUID runId) {
    boolean handedOver = waitsFor(handle, pipeline, runId);
    return insert(handle, pipeline, runId)
        .map(token -> new Lease(pipeline, runId, token))
        .map(lease -> new LeaseKeeper(database, lease, handedOver, handle));
  }

  private static boolean waitsFor(Handle handle, String pipeline, UUID runId) {
    return handle
        .createQuery(
            """
            SELECT run_id = :run AND backend_pid IS NULL AND expires_at >= now()
              FROM afp.lease WHERE pipeline = :pipeline FOR UPDATE
            """)
        .bind("pipeline", pipeline)
        .bind("run", runId)
        .mapTo(Boolean.class)
        .findOne()
        .orElse(false);
  }

  private static Optional<Long> insert(Handle handle, String pipeline, UUID runId) {
    return handle
        .createQuery(
            """
            INSERT INTO afp.lease AS l (pipeline, token, run_id, backend_pid, backend_start, expires_at)
            SELECT :pipeline, nextval('afp.lease_token'), :run, pid, backend_start, now() + make_interval(secs => :ttl)
              FROM pg_stat_activity WHERE pid = pg_backend_pid()
            ON CONFLICT (pipeline) DO UPDATE SET token = excluded.token, run_id = excluded.run_id,
              backend_pid = excluded.backend_pid, backend_start = excluded.backend_start, expires_at = excluded.expires_at
            WHERE NOT afp.is_held(l) OR (l.backend_pid IS NULL AND l.run_id = excluded.run_id)
            RETURNING token
            """)
        .bind("pipeline", pipeline)
        .bind("run", runId)
        .bind("ttl", TIME_TO_LIVE.toSeconds())
        .mapTo(Long.class)
        .findOne();
  }

  /** The run that holds the lease of a pipeline; empty when none does. */
  public static Optional<UUID> holder(Database database, String pipeline) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT run_id FROM afp.lease WHERE pipeline = :pipeline AND expires_at >="
                        + " now()")
                .bind("pipeline", pipeline)
                .mapTo(UUID.class)
                .findOne());
  }

  /**
   * Whether an earlier driver of the same run ended well and left the lease, and its open branch,
   * to this one.
   */
  public boolean handedOver() {
    return handedOver;
  }

  /** The lease that this keeps. */
  public Lease lease() {
    return lease;
  }

  /**
   * Asks Postgres whether this driver still holds the lease.
   *
   * @throws AfpException if another driver has taken it
   */
  public void verify() {
    beat();
    require();
  }

  /**
   * Ends the work early when the lease is known to be gone. Publish does not rely on it: it checks
   * the token itself.
   *
   * @throws AfpException if another driver has taken the lease
   */
  public void require() {
    if (lost) {
      throw lostLease(lease);
    }
  }

  /** The failure of a driver whose lease another one has taken. */
  public static AfpException lostLease(Lease lease) {
    return new AfpException(
        ErrorCode.LEASE_LOST,
        "Cannot go on with the run: another driver took the lease of the pipeline (pipeline=%s, token=%d)"
            .formatted(lease.pipeline(), lease.token()),
        "Nothing was published. Run again when the other run has ended.");
  }

  /** Renews the lease, also over a new connection where the old one is gone. */
  synchronized void beat() {
    if (heart.isShutdown()) {
      return;
    }
    try {
      lost = !update(RENEW, TIME_TO_LIVE);
    } catch (AfpException e) {
      log.warn("Cannot renew the lease of {}: {}", lease.pipeline(), e.getMessage());
    }
  }

  /** Leaves the lease to the next driver of the same run. */
  public synchronized void handOver() {
    stopHeart();
    update(LEAVE, HANDOVER);
    closeConnection();
  }

  private boolean update(String change, Duration seconds) {
    try {
      return updateOnce(change, seconds);
    } catch (JdbiException e) {
      log.info("The connection of the lease of {} is made anew", lease.pipeline(), e);
      closeConnection();
      connection = database.dedicatedHandle();
    }
    try {
      return updateOnce(change, seconds);
    } catch (JdbiException e) {
      throw PostgresErrors.translate(e, database.account().uri());
    }
  }

  private boolean updateOnce(String change, Duration seconds) {
    String sql = "UPDATE afp.lease " + change + " WHERE pipeline = :pipeline AND token = :token";
    return connection.inTransaction(
        handle ->
            handle
                    .createUpdate(sql)
                    .bind("seconds", seconds.toSeconds())
                    .bind("pipeline", lease.pipeline())
                    .bind("token", lease.token())
                    .execute()
                == 1);
  }

  private void stopHeart() {
    heart.shutdown();
  }

  /**
   * Gives the lease up. Nothing is thrown: a lease that can't be given up is free when its
   * connection is closed.
   */
  @Override
  public synchronized void close() {
    if (heart.isShutdown()) {
      return;
    }
    stopHeart();
    try {
      connection.useTransaction(
          handle ->
              handle
                  .createUpdate(
                      "DELETE FROM afp.lease WHERE pipeline = :pipeline AND token = :token")
                  .bind("pipeline", lease.pipeline())
                  .bind("token", lease.token())
                  .execute());
    } catch (JdbiException e) {
      log.warn("Cannot give up the lease of {}: {}", lease.pipeline(), e.getMessage());
    } finally {
      closeConnection();
    }
  }

  private void closeConnection() {
    try {
      connection.close();
    } catch (JdbiException e) {
      log.debug("The connection of the lease was gone already", e);
    }
  }
}
