package io.afp.serving;

import io.afp.core.definition.ServeBuilder;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Database.Account;
import io.afp.core.spi.TableServer;
import io.afp.core.testing.TestPostgres;
import io.afp.core.testing.TestSpark;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A serving database of its own, and short words for what tests do with it. */
final class ServingFixture implements AutoCloseable {

  private final Account account = TestPostgres.empty();
  private final Connection connection;

  ServingFixture() {
    try {
      connection = DriverManager.getConnection(account.uri());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Account account() {
    return account;
  }

  /** A table {@code core.flight} of id and name, served as {@code mart.flight}. */
  static TableDef flights() {
    return flights(serve -> serve);
  }

  static TableDef flights(UnaryOperator<ServeBuilder> serve) {
    return table(t -> t.column("id", "int").column("name", "string"), serve);
  }

  static TableDef table(UnaryOperator<TableBuilder> columns, UnaryOperator<ServeBuilder> serve) {
    TableBuilder table = TableDef.named("core.flight").sql("select 1");
    return columns.apply(table).serve("mart.flight", serve).build();
  }

  /** The rows of a query, which always gives the same. */
  static Dataset<Row> rows(String query) {
    SparkSession session = TestSpark.session().newSession();
    session.conf().set("spark.sql.datetime.java8API.enabled", true);
    return session.sql(query);
  }

  /** That many flights whose name is the version; several partitions. */
  static Dataset<Row> flights(int count, String version) {
    return rows(
        "select cast(id as int) id, '%s' name from range(0, %d, 1, 3)".formatted(version, count));
  }

  TableServer.Served serve(TableDef table, Dataset<Row> rows, long release) {
    return serve(table, rows, release, account);
  }

  static TableServer.Served serve(
      TableDef table, Dataset<Row> rows, long release, Account account) {
    return new PostgresServer()
        .serve(
            new TableServer.Request(
                table, table.serve().orElseThrow(), rows, release, new UUID(0, release), account));
  }

  void execute(String... statements) {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of a query as text. */
  List<String> query(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What readers see: rows and versions. */
  String served() {
    return query("select count(*) || ' ' || string_agg(distinct name, ',') from mart.flight")
        .get(0);
  }

  /** The tables that hold served rows. */
  List<String> dataTables() {
    return query(
        """
        select tablename from pg_tables where schemaname = 'afp_serving'
           and tablename not in ('load', 'part', 'data_table')
        """);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    TestPostgres.drop(account);
  }
}
