package io.afp.core.lake;

import io.afp.core.measure.State;
import io.afp.core.measure.Unmeasured;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.util.AccumulatorV2;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Gathers what the tasks of a pass over rows have measured. What a task measures reaches the driver
 * only when it has ended well, and of each partition one counts: the one with most rows, which are
 * all of them. So neither attempts that fail or are repeated count, nor rows that a sort samples.
 */
final class Pass extends AccumulatorV2<Pass.Part, List<Pass.Part>> {

  private static final long serialVersionUID = 1L;

  private final Map<Integer, Part> parts = new HashMap<>();

  /** Those of the driver: Spark evaluates few rows that it knows while it plans, maybe often. */
  private final transient List<RowMeter> atDriver = new ArrayList<>();

  /** What was measured in the rows of one unit. */
  record OfUnit(long rows, List<State> states) implements Serializable {

    OfUnit {
      states = List.copyOf(states);
    }

    private OfUnit plus(OfUnit other) {
      List<State> sums = new ArrayList<>();
      for (int i = 0; i < states.size(); i++) {
        State more = other.states.get(i);
        sums.add(more instanceof Unmeasured ? more : states.get(i).plus(more));
      }
      return new OfUnit(rows + other.rows, sums);
    }
  }

  /** What was measured in one partition. */
  record Part(int partition, List<OfUnit> units) implements Serializable {

    Part {
      units = List.copyOf(units);
    }

    long rows() {
      return units.stream().mapToLong(OfUnit::rows).sum();
    }

    private Part larger(Part other) {
      return rows() < other.rows() ? other : this;
    }

    Part plus(Part other) {
      List<OfUnit> sums = new ArrayList<>();
      for (int i = 0; i < units.size(); i++) {
        sums.add(units.get(i).plus(other.units.get(i)));
      }
      return new Part(partition, sums);
    }
  }

  /** Gathers what a meter of this task, or of the driver, will have measured. */
  void await(RowMeter meter) {
    TaskContext task = TaskContext.get();
    if (task == null) {
      atDriver.add(meter);
    } else {
      TaskCompletionListener gather = ended -> add(new Part(ended.partitionId(), meter.units()));
      task.addTaskCompletionListener(gather);
    }
  }

  /** A task may compute several parts of rows, one after the other. */
  @Override
  public synchronized void add(Part part) {
    parts.merge(part.partition(), part, Part::plus);
  }

  @Override
  public synchronized void merge(AccumulatorV2<Part, List<Part>> other) {
    ((Pass) other)
        .parts
        .values()
        .forEach(part -> parts.merge(part.partition(), part, Part::larger));
  }

  /** What was measured in each partition; all of it after the action on the rows has ended well. */
  @Override
  public synchronized List<Part> value() {
    Stream<Part> known = atDriver().stream().map(meter -> new Part(0, meter.units()));
    return Stream.concat(parts.values().stream(), known.reduce(Part::larger).stream()).toList();
  }

  private List<RowMeter> atDriver() {
    return atDriver == null ? List.of() : atDriver; // it does not travel
  }

  @Override
  public synchronized boolean isZero() {
    return parts.isEmpty() && atDriver().isEmpty();
  }

  @Override
  public synchronized Pass copy() {
    Pass copy = new Pass();
    copy.parts.putAll(parts);
    return copy;
  }

  @Override
  public synchronized void reset() {
    parts.clear();
  }
}
