package io.afp.core.settings;

import java.util.Optional;

/**
 * A database that sources read.
 *
 * @param name by which sources refer to it
 * @param uri its JDBC address
 * @param driver the class of the driver; empty when the address tells
 */
public record ConnectionSettings(
    String name,
    String uri,
    Optional<String> user,
    Optional<Secret> password,
    Optional<String> driver) {

  @Override
  public String toString() {
    return "ConnectionSettings[name=%s, uri=%s, user=%s, password=%s]"
        .formatted(name, Addresses.shown(uri), user, password);
  }
}
