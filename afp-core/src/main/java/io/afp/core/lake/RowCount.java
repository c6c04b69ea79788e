package io.afp.core.lake;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.AccumulatorV2;

/**
 * Counts rows where a condition is judged, in the code that Spark generates for that, so that they
 * need not be put together in between. What is computed again, because a stage is repeated or a
 * sort looks at its rows first, is counted once.
 *
 * <p>It is public because code that Spark generates calls it.
 */
public final class RowCount extends AccumulatorV2<Boolean, RowCount.Counts> {

  private static final long serialVersionUID = 1L;

  private final Map<Integer, Counts> partitions = new HashMap<>();
  private int partition;
  private long all;
  private long matching;

  /** What was counted: all rows, and those for which the condition held. */
  public record Counts(long all, long matching) implements Serializable {

    private Counts plus(Counts other) {
      return new Counts(all + other.all, matching + other.matching);
    }

    private Counts larger(Counts other) {
      return all < other.all ? other : this;
    }
  }

  /** A condition whose rows are counted. */
  Column of(Column condition, SparkSession session) {
    if (!isRegistered()) {
      session.sparkContext().register(this);
    }
    return Native.run(this, "counted", condition, DataTypes.BooleanType);
  }

  /** Counts a row, and gives back whether the condition holds for it. */
  public boolean counted(boolean holds) {
    if (all == 0) {
      partition = TaskContext.getPartitionId();
    }
    all++;
    if (holds) {
      matching++;
    }
    return holds;
  }

  @Override
  public void add(Boolean holds) {
    counted(holds);
  }

  @Override
  public void merge(AccumulatorV2<Boolean, Counts> other) {
    RowCount more = (RowCount) other;
    more.partitions.forEach(this::put);
    if (more.all > 0) {
      put(more.partition, more.own());
    }
  }

  private void put(int of, Counts counts) {
    partitions.merge(of, counts, Counts::larger);
  }

  private Counts own() {
    return new Counts(all, matching);
  }

  /** What was counted so far; all of it after the action on the rows has ended well. */
  @Override
  public Counts value() {
    return partitions.values().stream().reduce(own(), Counts::plus);
  }

  @Override
  public boolean isZero() {
    return all == 0 && partitions.isEmpty();
  }

  @Override
  public RowCount copy() {
    RowCount copy = new RowCount();
    copy.partitions.putAll(partitions);
    copy.partition = partition;
    copy.all = all;
    copy.matching = matching;
    return copy;
  }

  @Override
  public void reset() {
    partitions.clear();
    all = 0;
    matching = 0;
  }

  /** What plans show. */
  @Override
  public String toString() {
    return "count";
  }
}
