package io.afp.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.error.ErrorCode;
import io.afp.core.jdbc.Connector;
import io.afp.core.settings.ConnectionSettings;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class UnreadableTest {

  /** Of a database that is there, or is not, as its address says. */
  public static final class Vague implements Driver {

    @Override
    public Connection connect(String uri, Properties properties) throws SQLException {
      if (uri.endsWith("down")) {
        throw new SQLException("no answer");
      }
      return (Connection)
          Proxy.newProxyInstance(
              Vague.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> null);
    }

    @Override
    public boolean acceptsURL(String uri) {
      return true;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String uri, Properties properties) {
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
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }

  private static ErrorCode code(String uri, String state) {
    ConnectionSettings settings =
        new ConnectionSettings(
            "crm", uri, Optional.empty(), Optional.empty(), Optional.of(Vague.class.getName()));
    Connector connector = Connector.of(settings, Vague.class.getClassLoader());
    SQLException failure = new SQLException("no such table", state);
    return Unreadable.database(connector, "shop.orders", failure).code();
  }

  @Test
  void aVagueStateOfADatabaseThatAnswersIsOfTheTable() {
    assertThat(code("jdbc:vague:up", null)).isEqualTo(ErrorCode.SOURCE_WRONG);
    assertThat(code("jdbc:vague:up", "S0002")).isEqualTo(ErrorCode.SOURCE_WRONG);
    assertThat(code("jdbc:vague:up", "08001")).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
    assertThat(code("jdbc:vague:down", null)).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
  }

  @Test
  void aCatalogThatDoesNotAnswerIsNoTableThatIsNotThere() {
    Exception wrapped = new RuntimeException("no metastore", new ConnectException("refused"));
    assertThat(Unreadable.files("shop.orders", wrapped).code())
        .isEqualTo(ErrorCode.STORE_UNREACHABLE);
  }
}
