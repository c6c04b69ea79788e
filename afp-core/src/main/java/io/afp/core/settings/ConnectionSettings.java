package io.afp.core.settings;

import java.util.Optional;

/**
 * A database that sources read, or a service that sources of one's own read.
 *
 * @param name by which sources refer to it
 * @param uri its address, with {@code jdbc:} for a database, {@code http:} or {@code https:} else
 * @param driver the class of the driver; empty when the address tells
 */
public record ConnectionSettings(
    String name,
    String uri,
    Optional<String> user,
    Optional<Secret> password,
    Optional<String> driver) {

  /** Whether it is a database. */
  public boolean isDatabase() {
    return uri.startsWith("jdbc:");
  }

  @Override
  public String toString() {
    return "ConnectionSettings[name=%s, uri=%s, user=%s, password=%s]"
        .formatted(name, Addresses.shown(uri), user, password);
  }
}
