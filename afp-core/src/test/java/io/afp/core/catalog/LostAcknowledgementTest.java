package io.afp.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.error.AfpException;
import io.afp.core.ledger.LeaseKeeper;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LakeExtension.class)
class LostAcknowledgementTest {

  private final AtomicInteger books = new AtomicInteger();
  private TestLake lake;
  private CatalogRows rows;
  private LeaseKeeper lease;

  @BeforeEach
  void aBranchToPublish(TestLake given) {
    lake = given;
    rows = new CatalogRows(lake.database());
    rows.create("lake", "core.a", "a1");
    lake.branches().create("b");
    rows.commit("lake@b", "core.a", "a2");
    lease = LeaseKeeper.tryTake(lake.database(), "flights", UUID.randomUUID()).orElseThrow();
  }

  @AfterEach
  void giveUpTheLease() {
    lease.close();
  }

  @Test
  void publishingTwiceIsOneReleaseAndOneEntryInTheBooks() {
    long release = publish((transaction, id) -> books.incrementAndGet());
    assertThat(publish((transaction, id) -> books.incrementAndGet())).isEqualTo(release);
    assertThat(books).hasValue(1);
    assertThat(rows.main()).containsEntry("core.a", "a2");
  }

  @Test
  void aBranchThatIsPublishedIsKnownAlsoWhenTheLeaseIsGone() {
    long release = publish((transaction, id) -> {});
    lease.close();
    assertThat(publish((transaction, id) -> {})).isEqualTo(release);
  }

  @Test
  void aConnectionThatDiesBeforeTheCommitIsTriedAgain() {
    long release =
        publish(
            (transaction, id) -> {
              write(transaction, id);
              if (books.incrementAndGet() == 1) {
                terminate(pid(transaction));
              }
            });
    assertThat(books).as("the first try was rolled back").hasValue(2);
    published(release);
  }

  @Test
  void aConnectionThatDiesInTheCommitIsAnsweredByTheStateOfTheBranch() {
    // A deferred trigger runs inside COMMIT: the session waits there until it is terminated.
    lake.database()
        .useTransaction(
            handle ->
                handle.execute(
                    """
                    CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS
                      $$ BEGIN PERFORM pg_advisory_xact_lock(42); RETURN NULL; END $$;
                    CREATE CONSTRAINT TRIGGER hang AFTER INSERT ON afp.release DEFERRABLE INITIALLY DEFERRED
                      FOR EACH ROW EXECUTE FUNCTION hang();
                    """));
    published(lake.database().inTransaction(this::publishAndTerminateInCommit).join());
  }

  private CompletableFuture<Long> publishAndTerminateInCommit(Handle blocker) {
    blocker.execute("SELECT pg_advisory_xact_lock(42)");
    CompletableFuture<Long> release =
        CompletableFuture.supplyAsync(() -> publish(LostAcknowledgementTest::write));
    Awaitility.await().until(() -> !committing().isEmpty());
    committing().forEach(pid -> terminate(pid.intValue()));
    return release;
  }

  private List<Long> committing() {
    return rows.numbers(
        """
        SELECT pid FROM pg_stat_activity
         WHERE query = 'COMMIT' AND wait_event_type = 'Lock' AND datname = current_database()
        """);
  }

  @Test
  void aConnectionThatDiesAfterTheCommitIsAnsweredByTheStateOfTheBranch() {
    long release =
        publish(
            (transaction, id) -> {
              write(transaction, id);
              books.incrementAndGet();
            });
    killAll();
    assertThat(publish((transaction, id) -> books.incrementAndGet())).isEqualTo(release);
    assertThat(books).hasValue(1);
    published(release);
  }

  @Test
  void aServerThatKillsEveryTryIsReportedAsUnreachable() {
    assertThatThrownBy(
            () ->
                publish(
                    (transaction, id) -> {
                      books.incrementAndGet();
                      terminate(pid(transaction));
                    }))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code().code()).isEqualTo("AFP-LED-001"));
    assertThat(books).as("tries").hasValue(3);
    assertThat(lake.branches().state("b")).contains("open");
  }

  @ParameterizedTest
  @ValueSource(strings = {"40P01", "55P03"})
  void aPublishThatLosesADeadlockOrWaitsTooLongForALockIsTriedAgain(String sqlState) {
    long release =
        publish(
            (transaction, id) -> {
              write(transaction, id);
              if (books.incrementAndGet() == 1) {
                raise(transaction, sqlState);
              }
            });
    assertThat(books).as("the first try was rolled back").hasValue(2);
    published(release);
  }

  @Test
  void anotherErrorOfTheDatabaseIsNotTriedAgain() {
    assertThatThrownBy(
            () ->
                publish(
                    (transaction, id) -> {
                      books.incrementAndGet();
                      raise(transaction, "23505");
                    }))
        .hasStackTraceContaining("raised 23505");
    assertThat(books).as("tries").hasValue(1);
    assertThat(lake.branches().state("b")).contains("open");
  }

  private static void raise(Handle transaction, String sqlState) {
    transaction.execute(
        "DO $$ BEGIN RAISE EXCEPTION 'raised %1$s' USING errcode = '%1$s'; END $$"
            .formatted(sqlState));
  }

  private long publish(Publisher.Bookkeeping bookkeeping) {
    return new Publisher(lake.database()).publish("b", lease.lease(), Set.of("a2"), bookkeeping);
  }

  private static void write(Handle transaction, long release) {
    CatalogRows.own(transaction, "core.a", "flights");
  }

  private void published(long release) {
    assertThat(rows.main()).containsEntry("core.a", "a2");
    assertThat(rows.numbers("SELECT id FROM afp.release")).containsExactly(release);
    assertThat(rows.numbers("SELECT count(*) FROM afp.owned_table")).containsExactly(1L);
  }

  private static int pid(Handle transaction) {
    return transaction.createQuery("SELECT pg_backend_pid()").mapTo(Integer.class).one();
  }

  private void terminate(int pid) {
    rows.numbers("SELECT CASE WHEN pg_terminate_backend(" + pid + ", 5000) THEN 1 ELSE 0 END");
  }

  private void killAll() {
    rows.numbers(
        """
        SELECT CASE WHEN pg_terminate_backend(pid, 5000) THEN 1 ELSE 0 END FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()
        """);
  }
}
