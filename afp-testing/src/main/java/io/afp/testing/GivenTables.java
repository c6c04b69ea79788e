package io.afp.testing;

import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Interval;
import io.afp.core.spi.ModelContext;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows that a test gives to a {@link io.afp.core.spi.Model}.
 *
 * @param tables by {@code namespace.name}
 * @param range the ends of the interval; empty for a table without {@code interval_column}
 */
public record GivenTables(
    SparkSession session,
    Map<String, Dataset<Row>> tables,
    Optional<Interval> interval,
    Optional<Interval.Bounds> range)
    implements ModelContext {

  public GivenTables {
    tables = Map.copyOf(tables);
  }

  /** These rows, for a model without intervals. */
  public static GivenTables of(SparkSession session, Map<String, Dataset<Row>> tables) {
    return new GivenTables(session, tables, Optional.empty(), Optional.empty());
  }

  /**
   * The same for an interval.
   *
   * @param kind of the type of {@code interval_column}
   */
  public GivenTables during(Interval interval, ColumnType.Kind kind) {
    return new GivenTables(
        session, tables, Optional.of(interval), Optional.of(interval.boundsFor(kind)));
  }

  @Override
  public Dataset<Row> table(String name) {
    if (!tables.containsKey(name)) {
      throw new IllegalArgumentException(
          "Cannot give table %s: the test has it not (given=%s)".formatted(name, tables.keySet()));
    }
    return tables.get(name);
  }

  @Override
  public Interval.Bounds bounds() {
    return range.orElseThrow(
        () -> new IllegalStateException("Cannot give bounds: the test names no interval"));
  }
}
