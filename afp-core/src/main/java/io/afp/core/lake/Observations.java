package io.afp.core.lake;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Reads what Spark observed. */
public final class Observations {

  /**
   * The result arrives on a listener shortly after the action; without a limit a lost event would
   * hang the run.
   */
  private static final long PATIENCE_SECONDS = 60;

  private Observations() {}

  /**
   * The observed values {@code m0 … m<size-1>} of an action that has ended well, as a row.
   *
   * @return null when none arrived; Spark gives none for a part of a plan that it found to be empty
   *     while it ran
   */
  public static Row row(Observation observation, int size) {
    FutureTask<Map<String, Object>> values = new FutureTask<>(observation::getAsJava);
    Thread waiting = new Thread(values, "afp-observation");
    waiting.setDaemon(true);
    waiting.start();
    try {
      return toRow(values.get(PATIENCE_SECONDS, TimeUnit.SECONDS), size);
    } catch (TimeoutException | ExecutionException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Rows whose aggregates are observed when they are computed; see {@link #row}. */
  static Dataset<Row> observe(Dataset<Row> rows, Observation observation, List<Column> aggregates) {
    Column[] named = named(aggregates);
    return rows.observe(observation, named[0], rest(named));
  }

  /** The same aggregates in a pass of their own. */
  static Row measure(Dataset<Row> rows, List<Column> aggregates) {
    Column[] named = named(aggregates);
    return rows.agg(named[0], rest(named)).head();
  }

  /** Observations collapse columns of one name, so each gets its own. */
  private static Column[] named(List<Column> columns) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> columns.get(i).as("m" + i))
        .toArray(Column[]::new);
  }

  /** All columns but the first, as Spark asks for them. */
  private static Column[] rest(Column[] columns) {
    return Arrays.copyOfRange(columns, 1, columns.length);
  }

  private static Row toRow(Map<String, Object> observed, int size) {
    if (observed.size() < size) {
      return null;
    }
    Object[] row = new Object[size];
    for (int i = 0; i < size; i++) {
      row[i] = observed.get("m" + i);
    }
    return RowFactory.create(row);
  }
}
