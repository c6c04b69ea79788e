package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.Secret;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class DatabaseTest {

  @Test
  void aTransactionThatThrowsLeavesNothing(TestLake lake) {
    assertThatThrownBy(
            () ->
                lake.database()
                    .useTransaction(
                        handle -> {
                          handle.execute("INSERT INTO afp.ledger_version VALUES (99)");
                          throw new IllegalStateException("stop");
                        }))
        .hasMessage("stop");
    assertThat(LedgerVersion.found(lake.database())).isEqualTo(LedgerVersion.CURRENT);
  }

  @Test
  void aSnapshotSeesOneState(TestLake lake) {
    String isolation = "SELECT current_setting('transaction_isolation')";
    assertThat(
            lake.database()
                .<String>inSnapshot(h -> h.createQuery(isolation).mapTo(String.class).one()))
        .isEqualTo("repeatable read");
    assertThat(LedgerRows.strings(lake, isolation))
        .as("and the next user of the connection is not affected")
        .containsExactly("read committed");
  }

  @Test
  void anAccountThatIsRefusedIsDenied(TestLake lake) {
    String uri = lake.account().uri().replaceFirst("\\?.*", "");
    assertThatThrownBy(() -> use(uri, "nobody_of_this_name"))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEDGER_DENIED))
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void aServerThatIsNotThereIsNotWaitedFor() throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    socket.close();
    String uri = "jdbc:postgresql://127.0.0.1:%d/afp".formatted(socket.getLocalPort());

    assertThatThrownBy(() -> use(uri, "afp"))
        .hasMessageContaining("Connection refused")
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEDGER_UNREACHABLE))
        .satisfies(
            e -> assertThat(Causes.find(e, SQLTransientConnectionException.class)).isEmpty());
  }

  @Test
  void aServerThatIsStartingUpIsWaitedFor(TestLake lake) throws IOException {
    try (StartingServer server = StartingServer.before(lake.account());
        Database database = Database.open(server.account(), "test")) {
      assertThat(LedgerVersion.found(database)).isEqualTo(LedgerVersion.CURRENT);
    }
  }

  @Test
  void aStatementThatFailsSaysWhy(TestLake lake) {
    assertThatThrownBy(() -> lake.database().useTransaction(h -> h.execute("SELECT 1/0")))
        .hasMessageContaining("division by zero (sqlstate=22012)");
  }

  @Test
  void aLockThatIsNotGivenIsAConflict(TestLake lake) {
    try (Database other = Database.open(lake.account(), "test")) {
      lake.database()
          .useTransaction(
              holder -> {
                holder.execute("LOCK TABLE afp.ledger_version");
                assertThatThrownBy(() -> other.useTransaction(DatabaseTest::waitForTheLock))
                    .isInstanceOfSatisfying(
                        AfpException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.LEDGER_BUSY));
              });
    }
  }

  private static void waitForTheLock(Handle waiting) {
    waiting.execute("SET LOCAL lock_timeout = '1ms'");
    waiting.execute("SELECT * FROM afp.ledger_version");
  }

  private static void use(String uri, String user) {
    Database.Account account =
        new Database.Account(uri, Optional.of(user), Optional.of(Secret.of("s3cret")));
    try (Database database = Database.open(account, "test")) {
      database.useTransaction(h -> h.execute("SELECT 1"));
    }
  }
}
