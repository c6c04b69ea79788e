package io.afp.core.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.Secret;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.postgresql.Driver;

/**
 * A Postgres database, through a small pool.
 *
 * <p>Every call is one transaction: it commits when the function returns and rolls back when it
 * throws. A failure of Postgres comes out as an {@link AfpException} whose code says whether to try
 * again; after a lost connection the outcome of a commit is unknown, and callers that care ask for
 * it again by a key of their own.
 */
public final class Database implements AutoCloseable {

  private static final int POOL_SIZE = 4;
  private static final long CONNECT_TIMEOUT_MS = 10_000;
  private static final long AT_ONCE = 1;
  private static final long NEVER = -1;
  private static final int APPLICATION_NAME_LIMIT = 63;

  private final Account account;
  private final Properties properties;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  /** Where a database is and who connects. The password never shows in {@code toString}. */
  public record Account(String uri, Optional<String> user, Optional<Secret> password) {}

  private Database(Account account, Properties properties, HikariDataSource pool) {
    this.account = account;
    this.properties = properties;
    this.pool = pool;
    this.jdbi = configured(Jdbi.create(pool));
  }

  private static Jdbi configured(Jdbi jdbi) {
    jdbi.getConfig(SqlStatements.class)
        .setUnusedBindingAllowed(true)
        .setSqlParser(new StatementParser());
    return jdbi;
  }

  /**
   * Connects. A server that is starting up or has no room for one more is waited for, as is one
   * that goes away later on; one that refuses the first connection is not.
   *
   * @param applicationName what Postgres shows as {@code application_name}; cut to the 63 bytes
   *     that it keeps
   * @throws AfpException if the server does not answer or refuses the account
   */
  public static Database open(Account account, String applicationName) {
    Properties properties = properties(account, applicationName);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(account.uri());
    config.setDriverClassName("org.postgresql.Driver");
    config.setDataSourceProperties(properties);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setMaximumPoolSize(POOL_SIZE);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECT_TIMEOUT_MS);
    config.setPoolName("afp-ledger");
    return new Database(account, properties, pool(account, config));
  }

  private static HikariDataSource pool(Account account, HikariConfig config) {
    config.setInitializationFailTimeout(AT_ONCE);
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      if (!PostgresErrors.passes(e)) {
        throw PostgresErrors.translate(e, account.uri());
      }
      config.setInitializationFailTimeout(NEVER);
      return new HikariDataSource(config);
    }
  }

  private static Properties properties(Account account, String applicationName) {
    Properties properties = new Properties();
    account.user().ifPresent(user -> properties.setProperty("user", user));
    account.password().ifPresent(p -> properties.setProperty("password", p.reveal()));
    properties.setProperty("ApplicationName", cut(applicationName));
    properties.setProperty("assumeMinServerVersion", "15");
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(name.length(), APPLICATION_NAME_LIMIT));
  }

  /** Where this database is. */
  public Account account() {
    return account;
  }

  /** Runs the function in a READ COMMITTED transaction and gives its result. */
  public <T> T inTransaction(Function<Handle, T> work) {
    try {
      return jdbi.inTransaction(work::apply);
    } catch (JdbiException e) {
      throw translate(e);
    }
  }

  /** Runs the action in a READ COMMITTED transaction. */
  public void useTransaction(Consumer<Handle> work) {
    inTransaction(
        handle -> {
          work.accept(handle);
          return null;
        });
  }

  /**
   * Runs the function in a REPEATABLE READ transaction, so that all its statements see one state.
   */
  public <T> T inSnapshot(Function<Handle, T> work) {
    return inTransaction(
        handle -> {
          handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
          return work.apply(handle);
        });
  }

  /**
   * A connection outside the pool, for work that lives as long as its connection. The caller closes
   * it.
   */
  Handle dedicatedHandle() {
    try {
      return configured(Jdbi.create(() -> new Driver().connect(account.uri(), properties))).open();
    } catch (JdbiException e) {
      throw translate(e);
    }
  }

  private AfpException translate(JdbiException failure) {
    return PostgresErrors.translate(failure, account.uri());
  }

  /** The SQLSTATE of a failure, or empty when Postgres did not cause it. */
  public static Optional<String> sqlState(Throwable failure) {
    return Causes.of(failure)
        .filter(SQLException.class::isInstance)
        .flatMap(cause -> Stream.ofNullable(((SQLException) cause).getSQLState()))
        .findFirst();
  }

  /** What a failure of Postgres means for the user. */
  public static ErrorCode errorCode(Throwable failure) {
    return PostgresErrors.code(failure);
  }

  /** Whether a failure says that the connection or the server is gone. */
  public static boolean isUnreachable(Throwable failure) {
    return failure instanceof AfpException afp && afp.code() == ErrorCode.LEDGER_UNREACHABLE
        || PostgresErrors.isUnreachable(failure);
  }

  @Override
  public void close() {
    pool.close();
  }
}
