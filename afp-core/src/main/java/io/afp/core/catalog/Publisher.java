package io.afp.core.catalog;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.Lease;
import io.afp.core.ledger.LeaseKeeper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes every pointer that a branch changed main's, in one transaction, or none.
 *
 * <p>On commit: main, the release, the rows of the bookkeeping and the end of the branch become
 * visible together. On conflict (main moved a changed table, or one that the branch read) nothing
 * changes, the branch stays open, and it can never be published: the run has to be done again. On
 * an unknown outcome (the connection was lost) publish is simply called again: the state of the
 * branch tells whether the first call did it.
 */
public final class Publisher {

  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  private static final int TRIES = 3;
  private static final Set<String> LOCK_CONFLICTS = Set.of("55P03", "40P01");

  private final Database database;

  public Publisher(Database database) {
    this.database = database;
  }

  /** What a caller writes in the transaction of a publish. */
  @FunctionalInterface
  public interface Bookkeeping {
    void write(Handle transaction, long release);
  }

  /**
   * Publishes a branch.
   *
   * @param opened the metadata locations that the caller has opened successfully; a changed pointer
   *     that is not among them refuses the publish, because main would become unreadable if its
   *     file is gone
   * @param bookkeeping written in the same transaction; not called again if an earlier call had
   *     committed
   * @return the number of the release
   * @throws AfpException MAIN_MOVED, LEASE_LOST or BRANCH_NOT_OPEN (run again),
   *     METADATA_UNREADABLE, TABLE_OWNED
   */
  public long publish(String branch, Lease lease, Set<String> opened, Bookkeeping bookkeeping) {
    return publish(branch, List.of(lease), opened, bookkeeping);
  }

  /** The same for a branch that changed tables of several pipelines: all their leases must hold. */
  public long publish(
      String branch, List<Lease> leases, Set<String> opened, Bookkeeping bookkeeping) {
    for (int attempt = 1; ; attempt++) {
      try {
        return database.inTransaction(
            handle -> publish(handle, branch, leases, opened, bookkeeping));
      } catch (AfpException e) {
        if (attempt == TRIES || !sameAgain(e)) {
          throw e;
        }
        log.warn("Publish of {} is tried again: {}", branch, e.getMessage());
      }
    }
  }

  private static boolean sameAgain(AfpException e) {
    return Database.isUnreachable(e)
        || Database.sqlState(e).filter(LOCK_CONFLICTS::contains).isPresent();
  }

  private static long publish(
      Handle handle,
      String branch,
      List<Lease> leases,
      Set<String> opened,
      Bookkeeping bookkeeping) {
    handle.execute("SET LOCAL lock_timeout = '10s'");
    handle.execute("SET LOCAL afp.publish = 'on'");
    handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('afp.publish:lake', 0))");
    Optional<Long> earlier = publishedBefore(handle, branch);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    leases.forEach(lease -> requireLease(handle, lease));
    Release release = new Release(handle, branch);
    long id = release.record();
    requireOpened(handle, id, opened);
    release.moveMain();
    bookkeeping.write(handle, id);
    release.dropBranch();
    return id;
  }

  private static Optional<Long> publishedBefore(Handle handle, String branch) {
    record Row(String state, Long release) {}
    Row row =
        handle
            .createQuery("SELECT state, release_id FROM afp.branch WHERE name = :branch FOR UPDATE")
            .bind("branch", branch)
            .map((rs, ctx) -> new Row(rs.getString(1), rs.getObject(2, Long.class)))
            .findOne()
            .orElse(new Row("unknown", null));
    if (row.state().equals("published")) {
      return Optional.of(row.release());
    }
    if (!row.state().equals("open")) {
      throw new AfpException(
          ErrorCode.BRANCH_NOT_OPEN,
          "Cannot publish: the branch is not open (branch=%s, state=%s)"
              .formatted(branch, row.state()),
          "Run again; a new attempt works on a new branch.");
    }
    return Optional.empty();
  }

  private static void requireLease(Handle handle, Lease lease) {
    boolean held =
        handle
            .createQuery(
                "SELECT 1 FROM afp.lease WHERE pipeline = :pipeline AND token = :token FOR UPDATE")
            .bind("pipeline", lease.pipeline())
            .bind("token", lease.token())
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!held) {
      throw LeaseKeeper.lostLease(lease);
    }
  }

  private static void requireOpened(Handle handle, long release, Set<String> opened) {
    List<String> unopened =
        handle
            .createQuery(
                "SELECT new_location FROM afp.release_table WHERE release_id = :release AND new_location IS NOT NULL")
            .bind("release", release)
            .mapTo(String.class)
            .list()
            .stream()
            .filter(location -> !opened.contains(location))
            .toList();
    if (!unopened.isEmpty()) {
      throw new AfpException(
          ErrorCode.METADATA_UNREADABLE,
          "Cannot publish: metadata was not read back before (files=%s)"
              .formatted(unopened.stream().sorted().collect(Collectors.joining(", "))),
          "Run again; if it stays, look for something that deletes files of the warehouse.");
    }
  }
}
