package io.afp.core.settings;

import java.util.Optional;

/**
 * The database in which tables are served.
 *
 * @param uri its JDBC address; empty means the embedded Postgres of the project
 */
public record ServingSettings(
    Optional<String> uri, Optional<String> user, Optional<Secret> password) {

  /** Whether the project brings its own Postgres. */
  public boolean isEmbedded() {
    return uri.isEmpty();
  }

  @Override
  public String toString() {
    return "ServingSettings[uri=%s, user=%s, password=%s]"
        .formatted(uri.map(Addresses::shown), user, password);
  }
}
