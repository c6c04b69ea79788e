package io.afp.core.testing;

import io.afp.core.ledger.Database.Account;
import io.afp.core.settings.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Stops a driver at a chosen statement on the database, from outside: a trigger of the test waits
 * for a lock that the test holds. The product knows nothing of it.
 */
public final class Halt implements AutoCloseable {

  private static final int LOCK = 4711;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Connection connection;

  /** What is halted, as a process of its own. */
  public interface Halted {

    /** Whether it can still come to the statement. */
    boolean isAlive();

    /** What it has said until now. */
    String log();
  }

  private Halt(Connection connection) {
    this.connection = connection;
  }

  /**
   * Halts the next driver.
   *
   * @param event such as {@code INSERT ON afp.step}
   * @param when a condition on {@code NEW}
   */
  public static Halt at(Account account, String event, String when) throws SQLException {
    Halt halt = new Halt(connect(account));
    halt.execute("SELECT pg_advisory_lock(%d)".formatted(LOCK));
    halt.execute(
        """
        CREATE OR REPLACE FUNCTION public.halt() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_advisory_xact_lock(%d); RETURN NEW; END $$
        """
            .formatted(LOCK));
    halt.execute(
        "CREATE TRIGGER aa_halt BEFORE %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION public.halt()"
            .formatted(event, when));
    return halt;
  }

  private static Connection connect(Account account) throws SQLException {
    return DriverManager.getConnection(
        account.uri(),
        account.user().orElse("postgres"),
        account.password().map(Secret::reveal).orElse(""));
  }

  /** Returns when the driver stands at the statement. */
  public void await(Halted driver) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              if (!driver.isAlive()) {
                throw new AssertionError("the driver ended before it was halted:\n" + driver.log());
              }
              return waiting();
            });
  }

  private boolean waiting() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = %d
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
                    .formatted(LOCK))) {
      found.next();
      return found.getInt(1) > 0;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Ends what still waits, as the server does when it notices that the client is gone, and takes
   * the trigger away.
   */
  @Override
  public void close() throws SQLException {
    execute(
        """
        SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = %d
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """
            .formatted(LOCK));
    execute("SELECT pg_advisory_unlock(%d)".formatted(LOCK));
    execute("DROP FUNCTION public.halt() CASCADE");
    connection.close();
  }

  /** Takes the trigger away after the server was stopped under it. */
  public static void forget(Account account) throws SQLException {
    try (Connection connection = connect(account);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP FUNCTION public.halt() CASCADE");
    }
  }

  /** Lets the driver go on. */
  public void release() throws SQLException {
    execute("SELECT pg_advisory_unlock(%d)".formatted(LOCK));
    execute("DROP FUNCTION public.halt() CASCADE");
    connection.close();
  }
}
