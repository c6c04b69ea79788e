package io.afp.serving;

import io.afp.core.ledger.Database;
import io.afp.core.settings.Addresses;
import io.afp.core.settings.Secret;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;

/** How tasks reach the serving database. Sent to executors. */
final class Target implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String uri;
  private final String user;
  private final String password;
  private final String applicationName;

  Target(Database.Account account, UUID run) {
    this.uri = account.uri();
    this.user = account.user().orElse(null);
    this.password = account.password().map(Secret::reveal).orElse(null);
    this.applicationName = "afp/" + run;
  }

  /**
   * A new connection with autocommit off. Not through DriverManager: it looks for drivers in one
   * class loader only.
   */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", applicationName);
    properties.setProperty("tcpKeepAlive", "true");
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    Connection connection = new org.postgresql.Driver().connect(uri, properties);
    if (connection == null) {
      throw new SQLException("not the address of a Postgres: " + Addresses.shown(uri), "08001");
    }
    connection.setAutoCommit(false);
    return connection;
  }
}
