package io.afp.core.settings;

import java.util.Optional;

/**
 * Where the catalog, the ledger and the files of the lake are.
 *
 * @param uri the JDBC address of the Postgres that holds catalog and ledger; empty means the
 *     embedded one of the project
 * @param warehouse the URI below which the files of tables are
 */
public record LakeSettings(
    Optional<String> uri, Optional<String> user, Optional<Secret> password, String warehouse) {

  /** Whether the project brings its own Postgres. */
  public boolean isEmbedded() {
    return uri.isEmpty();
  }

  @Override
  public String toString() {
    return "LakeSettings[uri=%s, user=%s, password=%s, warehouse=%s]"
        .formatted(uri.map(Addresses::shown), user, password, warehouse);
  }
}
