package io.afp.bench.transform;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The answers of DuckDB, from the files that the generator wrote.
 *
 * <p>Texts, dates, numbers of rows and sums of decimals must be equal. DuckDB gives averages and
 * quotients of decimals as binary fractions, Spark as decimals of six digits: they may differ by a
 * millionth of their size, or of one where they are smaller. TPC-H allows a hundredth of their
 * size.
 */
final class Answers implements AutoCloseable {

  private static final double TOLERANCE = 1e-6;

  private final Connection connection;

  Answers(Path files) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA tpch");
      for (String table : TpchTables.names()) {
        statement.execute(load(table, files.resolve(table + ".tbl")));
      }
    }
  }

  private static String load(String table, Path file) {
    String columns =
        TpchTables.columns(table).entrySet().stream()
            .map(c -> "'%s': '%s'".formatted(c.getKey(), c.getValue().replace("string", "varchar")))
            .collect(Collectors.joining(", "));
    return """
        CREATE TABLE tpch.%s AS SELECT * EXCLUDE (behind_the_last_bar)
        FROM read_csv('%s', delim = '|', header = false, quote = '', columns = {%s, 'behind_the_last_bar': 'varchar'})"""
        .formatted(table, file, columns);
  }

  /** Asks whether rows are the answer to a query, in any order. */
  void require(String query, String sql, Dataset<Row> rows) throws SQLException {
    List<List<Object>> expected = sorted(answer(sql));
    List<List<Object>> found = sorted(rows.collectAsList().stream().map(Answers::values).toList());
    boolean same =
        expected.size() == found.size()
            && IntStream.range(0, found.size())
                .allMatch(i -> isSame(expected.get(i), found.get(i)));
    if (!same) {
      throw new IllegalStateException(
          "Cannot trust %s: it has another answer than DuckDB (expected=%s, found=%s)"
              .formatted(query, head(expected), head(found)));
    }
  }

  private static List<List<Object>> head(List<List<Object>> rows) {
    return rows.subList(0, Math.min(5, rows.size()));
  }

  private List<List<Object>> answer(String sql) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(plain(result.getObject(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<Object> values(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> plain(row.get(i)))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Both engines' values in one form: whole numbers and decimals are decimals, others texts. */
  private static Object plain(Object value) {
    if (value == null || value instanceof Double) {
      return value;
    }
    if (value instanceof Number number) {
      return new BigDecimal(number.toString());
    }
    return value instanceof Date date ? date.toLocalDate().toString() : value.toString();
  }

  private static List<List<Object>> sorted(List<List<Object>> rows) {
    return rows.stream().sorted(Comparator.comparing(Answers::place)).toList();
  }

  /** What is the same in both engines comes first; numbers by their size, to the hundredth. */
  private static String place(List<Object> row) {
    return row.stream()
        .sorted(Comparator.comparing(value -> value instanceof String ? 0 : 1))
        .map(v -> v instanceof Number n ? "%020.2f".formatted(n.doubleValue()) : String.valueOf(v))
        .collect(Collectors.joining("|"));
  }

  private static boolean isSame(List<Object> expected, List<Object> found) {
    return IntStream.range(0, found.size()).allMatch(i -> isSame(expected.get(i), found.get(i)));
  }

  private static boolean isSame(Object expected, Object found) {
    if (expected instanceof Double fraction && found instanceof Number number) {
      double allowed = TOLERANCE * Math.max(1, Math.abs(fraction));
      return Math.abs(fraction - number.doubleValue()) <= allowed;
    }
    if (expected instanceof BigDecimal decimal && found instanceof BigDecimal other) {
      return decimal.compareTo(other) == 0;
    }
    return expected == null ? found == null : expected.equals(found);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
