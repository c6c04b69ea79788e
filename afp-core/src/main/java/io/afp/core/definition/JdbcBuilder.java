package io.afp.core.definition;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says how a table or a query of a database is read, with the words of the YAML. */
public final class JdbcBuilder {

  private final Map<String, Object> tree = new LinkedHashMap<>();
  private final Map<String, Object> from = new LinkedHashMap<>(Map.of("jdbc", tree));

  JdbcBuilder(String connection) {
    put("connection", connection);
  }

  /** The table or view. */
  public JdbcBuilder table(String table) {
    return put("table", table);
  }

  /** A query, instead of a table. */
  public JdbcBuilder query(String sql) {
    return put("query", sql);
  }

  /** The column whose ranges are read side by side. */
  public JdbcBuilder splitBy(String column) {
    return put("split_by", column);
  }

  /** How many ranges there are. */
  public JdbcBuilder splits(int count) {
    return put("splits", count);
  }

  /** About how many rows a range has. */
  public JdbcBuilder splitRows(long rows) {
    return put("split_rows", rows);
  }

  /** Only rows are read in which this column is greater than it ever was. */
  public JdbcBuilder watermark(String column) {
    return put("watermark", column);
  }

  /** The same, and what lies so far behind is read again. */
  public JdbcBuilder watermark(String column, Duration overlap) {
    return watermark(column).put("overlap", overlap.toString());
  }

  /** How many rows come with one answer of the database. */
  public JdbcBuilder fetchSize(int rows) {
    return put("fetch_size", rows);
  }

  /** Keys that the source has no longer are deleted. */
  public JdbcBuilder compareDeletes() {
    return put("deletes", "compare");
  }

  /** What happens when rows of an interval that is done are not those that were loaded. */
  public JdbcBuilder onChange(OnChange policy) {
    from.put("on_change", policy.word());
    return this;
  }

  Map<String, Object> tree() {
    return from;
  }

  private JdbcBuilder put(String key, Object value) {
    tree.put(key, value);
    return this;
  }
}
