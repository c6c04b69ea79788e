package io.afp.cli;

import io.afp.core.ledger.Database;
import io.afp.core.ledger.LedgerVersion;
import io.afp.core.settings.Settings;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The ledger of a project, while a command uses it; the embedded Postgres is kept running as long.
 */
final class Ledger implements AutoCloseable {

  private final EmbeddedServer server;
  private Database database;

  private Ledger(EmbeddedServer server, Database database) {
    this.server = server;
    this.database = database;
  }

  /** Connects. An embedded ledger is brought to the version of this AFP; any other must have it. */
  static Ledger open(Settings settings, String applicationName) {
    Ledger ledger = connect(settings, applicationName);
    try {
      ledger.requireVersion();
      return ledger;
    } catch (RuntimeException e) {
      ledger.close();
      throw e;
    }
  }

  /** Connects, whatever version the ledger has. */
  static Ledger connect(Settings settings, String applicationName) {
    if (!settings.lake().isEmbedded()) {
      return new Ledger(null, Database.open(account(settings), applicationName));
    }
    EmbeddedServer server = EmbeddedServer.use(settings.home());
    try {
      return new Ledger(server, Database.open(server.account(), applicationName));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void requireVersion() {
    if (server == null) {
      LedgerVersion.require(database);
    } else if (LedgerVersion.found(database) < LedgerVersion.CURRENT) {
      migrate(server.account());
    }
  }

  static Database.Account account(Settings settings) {
    return new Database.Account(
        settings.lake().uri().orElseThrow(), settings.lake().user(), settings.lake().password());
  }

  /** Brings a ledger to the version of this AFP. Running it again changes nothing. */
  static int migrate(Database.Account account) {
    FluentConfiguration flyway =
        Flyway.configure(Ledger.class.getClassLoader())
            .dataSource(
                account.uri(),
                account.user().orElse(null),
                account.password().map(p -> p.reveal()).orElse(null))
            .locations("classpath:io/afp/core/ledger")
            .defaultSchema("public")
            .table("afp_migration")
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .outOfOrder(true);
    return flyway.load().migrate().migrationsExecuted;
  }

  Database database() {
    return database;
  }

  /** From here on Postgres shows another name for the connections of the command. */
  void rename(String applicationName) {
    Database.Account account = database.account();
    database.close();
    database = Database.open(account, applicationName);
  }

  @Override
  public void close() {
    database.close();
    if (server != null) {
      server.close();
    }
  }
}
