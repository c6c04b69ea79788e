package io.afp.core.jdbc;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.ConnectionSettings;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Connects to a database of the settings. The driver is looked for where user jars are. */
public final class Connector {

  private static final String POSTGRES = "org.postgresql.Driver";

  private static final String MYSQL = "com.mysql.";

  private final ConnectionSettings settings;
  private final Driver driver;
  private final boolean muted;

  private Connector(ConnectionSettings settings, Driver driver, boolean muted) {
    this.settings = settings;
    this.driver = driver;
    this.muted = muted;
  }

  /**
   * What connects.
   *
   * @param drivers knows the classes of drivers
   * @throws AfpException DRIVER_MISSING if there is no driver for the address, UNKNOWN_CONNECTION
   *     if it is that of a service
   */
  public static Connector of(ConnectionSettings settings, ClassLoader drivers) {
    if (!settings.isDatabase()) {
      throw noDatabase(settings);
    }
    Optional<Driver> driver =
        settings
            .driver()
            .map(name -> load(settings, name, drivers))
            .or(() -> find(settings.uri(), drivers));
    return new Connector(settings, driver.orElseThrow(() -> missing(settings, null)), false);
  }

  private static Driver load(ConnectionSettings settings, String name, ClassLoader drivers) {
    try {
      Class<?> type = Class.forName(name, true, drivers);
      return (Driver) type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      throw missing(settings, e);
    }
  }

  private static Optional<Driver> find(String uri, ClassLoader drivers) {
    try {
      if (uri.startsWith("jdbc:postgresql:")) {
        return Optional.of(new org.postgresql.Driver());
      }
      for (Driver each : ServiceLoader.load(Driver.class, drivers)) {
        if (each.acceptsURL(uri)) {
          return Optional.of(each);
        }
      }
      return Optional.empty();
    } catch (SQLException | ServiceConfigurationError e) {
      return Optional.empty(); // one that can't even look at an address is none for it
    }
  }

  private static AfpException noDatabase(ConnectionSettings settings) {
    return new AfpException(
        ErrorCode.UNKNOWN_CONNECTION,
        "Cannot connect to %s: it is a service and no database (uri=%s)"
            .formatted(settings.name(), JdbcErrors.shown(settings)),
        "Name a connection whose address begins with jdbc:, or read the service by from.custom.");
  }

  private static AfpException missing(ConnectionSettings settings, Throwable cause) {
    String name = settings.driver().map(d -> ", driver=" + d).orElse("");
    return new AfpException(
        ErrorCode.DRIVER_MISSING,
        "Cannot connect to %s: there is no driver for it on the class path (uri=%s%s)"
            .formatted(settings.name(), JdbcErrors.shown(settings), name),
        "Name the jar of the driver in classpath of afp.yaml, or give it to spark-submit by --jars;"
            + " correct connections.%s.".formatted(settings.name()),
        cause);
  }

  /** The same for rows with personal values: no failure quotes them. */
  public Connector muted() {
    return new Connector(settings, driver, true);
  }

  /** The settings by which it connects. */
  public ConnectionSettings settings() {
    return settings;
  }

  /** The name of the class of the driver. */
  public String driver() {
    return muted ? MutedDriver.class.getName() : driver.getClass().getName();
  }

  /** What the driver is given beside the address; it has the password. */
  public Properties properties() {
    Properties properties = ofDriver();
    if (muted) {
      properties.setProperty(MutedDriver.OTHER, driver.getClass().getName());
    }
    return properties;
  }

  private Properties ofDriver() {
    Properties properties = new Properties();
    settings.user().ifPresent(user -> properties.setProperty("user", user));
    settings.password().ifPresent(p -> properties.setProperty("password", p.reveal()));
    if (driver.getClass().getName().equals(POSTGRES)) {
      properties.setProperty("ApplicationName", "afp");
      properties.setProperty("tcpKeepAlive", "true");
      properties.setProperty("connectTimeout", "10");
    }
    if (driver.getClass().getName().startsWith(MYSQL)) {
      properties.setProperty("useCursorFetch", "true"); // else a reader has all its rows in memory
    }
    return properties;
  }

  /**
   * A new connection.
   *
   * @throws AfpException if the database does not answer or refuses the account
   */
  public Connection open() {
    try {
      Connection connection = driver.connect(settings.uri(), ofDriver());
      if (connection == null) {
        throw missing(settings, null);
      }
      return muted ? MutedDriver.muted(connection) : connection;
    } catch (SQLException e) {
      throw failure("connect to " + settings.name(), e);
    }
  }

  /** A failure of the database as one that names a code and a fix, and no secret. */
  public AfpException failure(String action, Throwable failure) {
    return JdbcErrors.translate(settings, action, failure);
  }
}
