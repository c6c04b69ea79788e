package io.afp.core.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;

/**
 * Another driver, whose failures do not quote values of rows: their words get into the logs of
 * Spark, of drivers and executors, before anybody can catch them. What a database says about its
 * connections, accounts and names is kept, in one line; of all else only the SQLSTATE is.
 */
public final class MutedDriver implements Driver {

  /** The property with the class of the other driver. */
  static final String OTHER = "afp.driver";

  /** The classes of SQLSTATE that are about everything but rows. */
  private static final Set<String> WITHOUT_VALUES =
      Set.of("08", "25", "28", "3D", "3F", "40", "42", "53", "55", "57", "58");

  /** Some databases have it for all that is wrong with a statement, its values too. */
  private static final String ANYTHING = "42000";

  private static final Set<Class<?>> MUTED =
      Set.of(
          Connection.class,
          Statement.class,
          PreparedStatement.class,
          CallableStatement.class,
          ResultSet.class);

  /** Spark makes it by reflection. */
  public MutedDriver() {}

  @Override
  public Connection connect(String url, Properties properties) throws SQLException {
    Properties others = new Properties();
    others.putAll(properties);
    Driver driver = load((String) others.remove(OTHER));
    return muted(driver.connect(url, others));
  }

  private static Driver load(String name) throws SQLException {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return (Driver) Class.forName(name, true, loader).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new SQLException("The driver can't be made: " + name, "08001", e);
    }
  }

  /** The connection with failures that quote nothing; null stays null. */
  static Connection muted(Connection connection) {
    return (Connection) muted(Connection.class, connection);
  }

  private static Object muted(Class<?> type, Object answer) {
    return answer != null && MUTED.contains(type)
        ? Proxy.newProxyInstance(
            MutedDriver.class.getClassLoader(), new Class<?>[] {type}, new Muting(answer))
        : answer;
  }

  private record Muting(Object target) implements InvocationHandler {

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      try {
        return muted(method.getReturnType(), method.invoke(target, arguments));
      } catch (InvocationTargetException e) {
        throw e.getCause() instanceof SQLException failure ? muted(failure) : e.getCause();
      }
    }
  }

  private static SQLException muted(SQLException failure) {
    String state = Optional.ofNullable(failure.getSQLState()).orElse("");
    boolean shown =
        state.length() == 5
            && WITHOUT_VALUES.contains(state.substring(0, 2))
            && !state.equals(ANYTHING);
    String words =
        shown
            ? String.valueOf(failure.getMessage()).lines().findFirst().orElse("")
            : "its words may quote personal values and are not shown (sqlstate=%s)"
                .formatted(state);
    return new SQLException(words, failure.getSQLState(), failure.getErrorCode());
  }

  /** It is asked for by name only. */
  @Override
  public boolean acceptsURL(String url) {
    return false;
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("Logs nothing");
  }
}
