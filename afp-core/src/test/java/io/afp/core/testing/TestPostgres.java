package io.afp.core.testing;

import io.afp.core.ledger.Database.Account;
import io.afp.core.settings.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real Postgres, started once in the process and gone with it.
 *
 * <p>Every call gives a database of its own; drop it with {@link #drop} where the process makes
 * many. Both cost some 100 ms, so the next ledger is made, and databases are dropped, while a test
 * runs. It is the server that the environment variable {@code AFP_TEST_PG_URL} names ({@code
 * jdbc:postgresql://host/postgres?user=…&password=…}, with the right to create databases), else an
 * embedded one.
 */
public final class TestPostgres {

  private static final String URL_VARIABLE = "AFP_TEST_PG_URL";
  private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

  private static String server;
  private static String template;
  private static CompletableFuture<String> next;
  private static int databases;

  private static final ExecutorService BESIDE =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "test-databases");
            thread.setDaemon(true);
            return thread;
          });

  private TestPostgres() {}

  /** A fresh database with AFP's ledger and the tables of the catalog. */
  public static Account ledger() {
    return account(prepared().join());
  }

  private static synchronized CompletableFuture<String> prepared() {
    if (template == null) {
      String name = create("template1");
      Sql.execute(url(name), LedgerScripts.all());
      template = name;
      next = ahead();
    }
    CompletableFuture<String> prepared = next;
    next = ahead();
    return prepared;
  }

  private static CompletableFuture<String> ahead() {
    String name = newName();
    String from = template;
    return CompletableFuture.supplyAsync(
        () -> {
          create(name, from);
          return name;
        },
        BESIDE);
  }

  /** A fresh database with nothing in it. */
  public static synchronized Account empty() {
    return account(create("template1"));
  }

  /** A fresh database with all that is in another one, to which nobody may be connected. */
  public static synchronized Account copy(Account original) {
    return account(create(name(original)));
  }

  /**
   * Makes a database anew, under its own name, with all that is in another one, to which nobody may
   * be connected.
   */
  public static void restore(Account account, Account copy) {
    dropNow(account);
    create(name(account), name(copy));
  }

  /** Drops a database soon, whoever is connected to it. */
  public static void drop(Account account) {
    BESIDE.execute(() -> dropNow(account));
  }

  private static void dropNow(Account account) {
    Sql.execute(server(), "DROP DATABASE IF EXISTS " + name(account) + " WITH (FORCE)");
  }

  private static String name(Account account) {
    String address = account.uri().replaceFirst("\\?.*", "");
    return address.substring(address.lastIndexOf('/') + 1);
  }

  private static String create(String from) {
    String name = newName();
    create(name, from);
    return name;
  }

  private static String newName() {
    return "afp_test_" + RUN + "_" + databases++;
  }

  private static void create(String name, String from) {
    Sql.execute(server(), "CREATE DATABASE " + name + " TEMPLATE " + from);
  }

  private static Account account(String database) {
    return new Account(url(database), Optional.empty(), Optional.<Secret>empty());
  }

  private static synchronized String server() {
    if (server == null) {
      String given = System.getenv(URL_VARIABLE);
      server = given == null || given.isBlank() ? embedded() : given;
    }
    return server;
  }

  private static String embedded() {
    try {
      return EmbeddedPostgres.builder().start().getJdbcUrl("postgres", "postgres");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot start the embedded Postgres. Set " + URL_VARIABLE + " to a server of your own.",
          e);
    }
  }

  private static String url(String database) {
    return server().replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1");
  }
}
