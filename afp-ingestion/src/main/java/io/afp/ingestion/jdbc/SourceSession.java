package io.afp.ingestion.jdbc;

import io.afp.core.definition.JdbcSourceDef;
import io.afp.core.definition.JdbcSourceDef.NamedTable;
import io.afp.core.definition.JdbcSourceDef.Relation;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.jdbc.Connector;
import io.afp.core.settings.ConnectionSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the source of a table, that lasts as long as it is read. Where the database can,
 * all that is asked, and all that readers read meanwhile, is of one state; its table can't be
 * dropped or altered before this is closed.
 */
final class SourceSession implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SourceSession.class);

  private final TableDef table;
  private final Connector connector;
  private final Connection connection;
  private final Dialect dialect;
  private final Optional<String> snapshot;
  private final SourceColumns columns;

  private SourceSession(TableDef table, Connector connector, Connection connection)
      throws SQLException {
    this.table = table;
    this.connector = connector;
    this.connection = connection;
    this.dialect = Dialect.of(connection);
    this.snapshot = dialect.exportSnapshot(connection);
    this.columns = SourceColumns.of(this, connection);
  }

  /**
   * Connects.
   *
   * @throws AfpException if the database can't be reached, or has not what is to be read
   */
  static SourceSession open(TableDef table, Map<String, ConnectionSettings> connections) {
    ClassLoader drivers = Thread.currentThread().getContextClassLoader();
    Connector plain = Connector.of(settings(table, connections), drivers);
    Connector connector = table.hasPersonalValues() ? plain.muted() : plain;
    Connection connection = connector.open();
    try {
      return new SourceSession(table, connector, connection);
    } catch (SQLException | RuntimeException e) {
      closeQuietly(connection);
      throw connector.failure("read source %s".formatted(table.name()), e);
    }
  }

  private static ConnectionSettings settings(
      TableDef table, Map<String, ConnectionSettings> connections) {
    String name = table.jdbcSource().orElseThrow().connection();
    return Optional.ofNullable(connections.get(name))
        .orElseThrow(
            () ->
                AfpException.at(
                    new Location(table.file(), 0, "from.jdbc.connection"),
                    ErrorCode.UNKNOWN_CONNECTION,
                    "Cannot read source %s: connection %s is not defined (known=%s)"
                        .formatted(
                            table.name(),
                            name,
                            String.join(", ", new TreeSet<>(connections.keySet()))),
                    "Add connections.%s to afp.yaml.".formatted(name)));
  }

  TableDef table() {
    return table;
  }

  JdbcSourceDef source() {
    return table.jdbcSource().orElseThrow();
  }

  Relation relation() {
    return source().relation();
  }

  Connector connector() {
    return connector;
  }

  Dialect dialect() {
    return dialect;
  }

  SourceColumns columns() {
    return columns;
  }

  /** The state that other connections can read; empty where the database has no such thing. */
  Optional<String> snapshot() {
    return snapshot;
  }

  /** What is read, as it stands behind FROM. */
  String from() {
    return dialect.identifiers().from(relation());
  }

  /** The columns of the primary key of a table; empty where the database knows none. */
  List<String> primaryKey(NamedTable named) throws SQLException {
    return PrimaryKey.of(connection, named);
  }

  /** Makes something of a row. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** What is made of each row of a statement. */
  <T> List<T> read(String sql, Reading<T> reading) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<T> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(reading.of(found));
      }
      return rows;
    }
  }

  /**
   * Whether the database can say this of its rows; none is read.
   *
   * @throws SQLException if it says neither yes nor no, such as for a lock that it waited for
   */
  boolean understands(String expression) throws SQLException {
    try {
      read("SELECT %s FROM %s WHERE 1 = 0".formatted(expression, from()), row -> row);
      return true;
    } catch (SQLException e) {
      if (!isNo(e)) {
        throw e;
      }
      log.info("The database makes no checksums for {}: {}", table.name(), e.getMessage());
      return false;
    }
  }

  /** SQL Server has states of its own; DuckDB has none. */
  static boolean isNo(SQLException failure) {
    if (failure instanceof SQLTransientException || failure instanceof SQLRecoverableException) {
      return false;
    }
    String state = failure.getSQLState();
    return failure instanceof SQLSyntaxErrorException
        || failure instanceof SQLFeatureNotSupportedException
        || state == null
        || state.matches("(42|0A|22|S00[01]).*|90022");
  }

  /** The rows of a statement, as texts. */
  List<List<String>> rows(String sql) throws SQLException {
    return read(
        sql,
        row -> {
          List<String> texts = new ArrayList<>();
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            texts.add(row.getString(i));
          }
          return texts;
        });
  }

  /** The first column of a statement. */
  List<String> column(String sql) throws SQLException {
    return rows(sql).stream().map(row -> row.get(0)).toList();
  }

  /** A single number. */
  long count(String sql) throws SQLException {
    return Long.parseLong(column(sql).get(0));
  }

  /** The first column of a statement, which has values of this column, as literals need them. */
  List<String> values(SourceColumn column, String sql) throws SQLException {
    return read(sql, row -> dialect.value(column, row, 1));
  }

  @Override
  public void close() {
    closeQuietly(connection);
  }

  /** It has written nothing. */
  private static void closeQuietly(Connection connection) {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      connection.close();
    } catch (SQLException e) {
      // the database has closed it already
    }
  }
}
