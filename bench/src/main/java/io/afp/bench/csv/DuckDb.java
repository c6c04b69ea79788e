package io.afp.bench.csv;

import io.afp.bench.transform.Pairs;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/**
 * The side of DuckDB: it counts the values of each column, for which it must make them all of their
 * types, and nothing else.
 */
final class DuckDb implements Pairs.Side, AutoCloseable {

  private final Connection connection;
  private final String query;

  DuckDb(Path copies, Reading reading, int threads) {
    this.query = query(copies.resolve(reading.files().folder()), reading);
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET threads = " + threads);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String query(Path folder, Reading reading) {
    String counts =
        reading.columns().stream().map("count(%s)"::formatted).collect(Collectors.joining(", "));
    return "SELECT %s FROM read_csv('%s/*', header = true, delim = ',', quote = '\"', columns = {%s})"
        .formatted(counts, folder, types(reading.schema()));
  }

  private static String types(String schema) {
    return schema
        .replaceAll("(\\w+) (\\w+(\\(\\d+,\\d+\\))?)", "'$1': '$2'")
        .replace("'string'", "'varchar'");
  }

  @Override
  public void prepare() {}

  @Override
  public void run() {
    answer();
  }

  /** Asks that DuckDB finds so many rows with a value in each column. */
  void requireRows(long expected) {
    long fewest = answer();
    if (fewest != expected) {
      throw new IllegalStateException(
          "Cannot compare times: DuckDB finds other rows (found=%d, expected=%d)"
              .formatted(fewest, expected));
    }
  }

  /** The smallest of the counts. */
  private long answer() {
    try (Statement statement = connection.createStatement();
        ResultSet counts = statement.executeQuery(query)) {
      counts.next();
      long fewest = Long.MAX_VALUE;
      for (int i = 1; i <= counts.getMetaData().getColumnCount(); i++) {
        fewest = Math.min(fewest, counts.getLong(i));
      }
      return fewest;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
