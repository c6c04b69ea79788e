package io.afp.quality;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.jdbc.Connector;
import io.afp.core.settings.CheckArguments;
import io.afp.core.settings.ConnectionSettings;
import io.afp.core.settings.Secret;
import io.afp.core.settings.Settings;
import io.afp.core.yaml.Nearest;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The rows that arguments name, and where the tables come from that checks refer to. */
final class GivenData {

  private final CheckArguments given;

  GivenData(CheckArguments given) {
    this.given = given;
  }

  /**
   * Rows.
   *
   * @param others the tables that checks refer to
   * @param failure the failure of a query as one that names no secret
   */
  record Loaded(
      Dataset<Row> rows,
      Function<String, Dataset<Row>> others,
      Function<Exception, AfpException> failure) {

    <T> T translated(Supplier<T> work) {
      try {
        return work.get();
      } catch (Exception e) { // some that Spark throws are checked, but Scala does not declare them
        throw failure.apply(e);
      }
    }
  }

  Loaded load(SparkSession session, Settings settings) {
    if (given.database().isPresent()) {
      return ofDatabase(session, connection(given.database().get(), settings));
    }
    return given
        .table()
        .map(table -> ofSpark(session, table))
        .orElseGet(() -> ofFiles(session, given.path().orElseThrow()));
  }

  private Loaded ofSpark(SparkSession session, String table) {
    String[] parts = table.split("\\.");
    String catalog = parts.length > 2 ? parts[0] + "." : "";
    return loaded(
        table,
        () -> reader(session).table(table),
        name -> session.table(catalog + name),
        Unreadable::files);
  }

  private Loaded ofFiles(SparkSession session, String path) {
    return loaded(
        path,
        () -> reader(session).format(given.format()).load(path),
        session::table,
        Unreadable::files);
  }

  private DataFrameReader reader(SparkSession session) {
    return session.read().options(given.options());
  }

  private ConnectionSettings connection(String database, Settings settings) {
    if (given.address().isPresent()) {
      Optional<Secret> password = given.passwordEnv().map(GivenData::password);
      return new ConnectionSettings(
          Unreadable.ADDRESS, database, given.user(), password, Optional.empty());
    }
    ConnectionSettings known = settings.connections().get(database);
    if (known == null) {
      throw new AfpException(
          ErrorCode.UNKNOWN_CONNECTION,
          "Cannot read from %s: afp.yaml has no such connection".formatted(database),
          Nearest.fix(
              database,
              settings.connections().keySet(),
              "Define it under connections of afp.yaml."));
    }
    return known;
  }

  private static Secret password(String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .map(Secret::of)
        .orElseThrow(
            () ->
                new AfpException(
                    ErrorCode.SETTING_UNRESOLVED,
                    "Cannot resolve ${env:%s}: it is not there".formatted(variable),
                    "Define it, or name another one by --password-env."));
  }

  private Loaded ofDatabase(SparkSession session, ConnectionSettings connection) {
    Connector connector = connector(connection);
    return loaded(
        given.dbtable(),
        () -> relation(session, connector, given.dbtable()),
        name -> other(session, connector, name),
        (what, e) -> Unreadable.database(connector, what, e));
  }

  private static Connector connector(ConnectionSettings connection) {
    try {
      return Connector.of(connection, Thread.currentThread().getContextClassLoader());
    } catch (AfpException e) {
      throw Unreadable.connection(connection.name(), e);
    }
  }

  /** One that is not there is a fault of the check that names it. */
  private Dataset<Row> other(SparkSession session, Connector connector, String name) {
    try {
      return relation(session, connector, name);
    } catch (Exception e) { // some that drivers throw are checked, but Scala hides that
      AfpException failure = Unreadable.database(connector, name, e);
      if (failure.code() == ErrorCode.SOURCE_WRONG) {
        throw new IllegalArgumentException(failure.reason());
      }
      throw failure;
    }
  }

  private Dataset<Row> relation(SparkSession session, Connector connector, String name) {
    DataFrameReader reader =
        session.read().option("fetchsize", 10_000).option("driver", connector.driver());
    if (name.equals(given.dbtable())) {
      reader = reader.options(given.options()); // such as how it is read in parts
    }
    return reader.jdbc(connector.settings().uri(), name, connector.properties());
  }

  private static Loaded loaded(
      String what,
      Supplier<Dataset<Row>> rows,
      Function<String, Dataset<Row>> others,
      BiFunction<String, Exception, AfpException> failure) {
    try {
      String all = what + ", or a table that checks name";
      return new Loaded(rows.get(), others, e -> failure.apply(all, e));
    } catch (Exception e) { // an AnalysisException is checked, but Scala does not declare it
      throw failure.apply(what, e);
    }
  }
}
