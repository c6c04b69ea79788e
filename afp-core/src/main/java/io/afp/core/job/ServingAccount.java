package io.afp.core.job;

import io.afp.core.ledger.Database;
import io.afp.core.settings.Settings;

/** Where tables are served: the serving database of the settings, else the one of the ledger. */
final class ServingAccount {

  private ServingAccount() {}

  static Database.Account of(Settings settings, Database.Account ledger) {
    return settings
        .serving()
        .uri()
        .map(
            uri ->
                new Database.Account(uri, settings.serving().user(), settings.serving().password()))
        .orElse(ledger);
  }
}
