package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.LedgerVersion;
import io.afp.core.settings.ServingSettings;
import io.afp.core.settings.Settings;
import java.util.List;

/** What the doctor finds out about the databases of a project. */
final class PostgresFindings {

  private static final int POSTGRES = 15;

  private final Settings settings;

  PostgresFindings(Settings settings) {
    this.settings = settings;
  }

  /** Of the one with catalog and ledger; an embedded one is started for it. */
  List<Finding> lake() {
    try (Ledger ledger = Ledger.connect(settings, "afp/doctor")) {
      return List.of(version("postgres", ledger.database()), ledger(ledger.database()));
    } catch (AfpException e) {
      return List.of(Finding.wrong("postgres", e));
    }
  }

  private static Finding version(String part, Database database) {
    int number = ask(database, "SELECT current_setting('server_version_num')::int", Integer.class);
    return version(
        part, number, ask(database, "SELECT current_setting('server_version')", String.class));
  }

  /** Of a Postgres with a version as it counts it, and as people do. */
  static Finding version(String part, int number, String name) {
    return number / 10_000 >= POSTGRES
        ? Finding.ok(part, name)
        : Finding.wrong(
            part,
            "Postgres is too old (version=%s, needed=%d)".formatted(name, POSTGRES),
            "Use Postgres %d or newer.".formatted(POSTGRES));
  }

  private static <T> T ask(Database database, String sql, Class<T> type) {
    return database.inTransaction(handle -> handle.createQuery(sql).mapTo(type).one());
  }

  /** The embedded one is brought to its version by the next command. */
  private Finding ledger(Database database) {
    int found = LedgerVersion.found(database);
    if (settings.lake().isEmbedded() && found < LedgerVersion.CURRENT) {
      return Finding.ok("ledger", "will be made by the next command");
    }
    try {
      LedgerVersion.require(database);
      return Finding.ok("ledger", "version " + found);
    } catch (AfpException e) {
      return Finding.wrong("ledger", e);
    }
  }

  /** Of the one with the served tables, where it is named for itself. */
  List<Finding> serving() {
    if (!settings.origins().containsKey("serving.uri")) {
      return List.of();
    }
    ServingSettings serving = settings.serving();
    Database.Account account =
        new Database.Account(serving.uri().orElseThrow(), serving.user(), serving.password());
    try (Database database = Database.open(account, "afp/doctor")) {
      return List.of(version("serving", database));
    } catch (AfpException e) {
      return List.of(Finding.wrong("serving", e));
    }
  }
}
