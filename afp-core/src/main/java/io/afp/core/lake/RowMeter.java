package io.afp.core.lake;

import io.afp.core.measure.State;
import io.afp.core.measure.Unmeasured;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import scala.collection.JavaConverters;

/**
 * Measures the rows of one task. The expressions of all measures are evaluated together, by code
 * that Spark generates for them; one that fails is not measured any more, and disturbs neither the
 * others nor the row.
 */
final class RowMeter {

  private final List<Measure.Kind> kinds;
  private final List<Expression> inputs;
  private final Tally[][] tallies;
  private final long[] rows;
  private final String[] failures;
  private final List<Long> starts;
  private final Values.ToLong time;
  private UnsafeProjection projection;

  /**
   * A meter.
   *
   * @param inputs what is evaluated over a row, one for each kind; then, where there are several
   *     units, the time that tells them
   * @param starts of the units
   */
  RowMeter(List<Expression> inputs, List<Measure.Kind> kinds, List<Long> starts) {
    this.kinds = kinds;
    this.inputs = new ArrayList<>(inputs);
    this.starts = starts;
    this.rows = new long[starts.size()];
    this.tallies = new Tally[starts.size()][];
    this.failures = new String[kinds.size()];
    this.time = starts.size() == 1 ? null : Values.whole(inputs.get(kinds.size()).dataType());
    compile();
  }

  private Tally[] started() {
    Tally[] started = new Tally[kinds.size()];
    for (int i = 0; i < started.length; i++) {
      try {
        started[i] = kinds.get(i).start(inputs.get(i).dataType());
      } catch (RuntimeException e) {
        giveUp(i, e);
      }
    }
    return started;
  }

  private void compile() {
    projection = UnsafeProjection.create(JavaConverters.asScalaBuffer(inputs).toList());
    projection.initialize(TaskContext.getPartitionId());
  }

  private void giveUp(int i, RuntimeException e) {
    failures[i] = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    inputs.set(i, Literal.create(null, inputs.get(i).dataType()));
  }

  void add(InternalRow row) {
    UnsafeRow values;
    try {
      values = projection.apply(row);
    } catch (RuntimeException e) {
      values = withoutFailing(row);
    }
    int unit = unit(values);
    rows[unit]++;
    if (tallies[unit] == null) {
      tallies[unit] = started();
    }
    Tally[] ofUnit = tallies[unit];
    for (int i = 0; i < ofUnit.length; i++) {
      if (!values.isNullAt(i) && failures[i] == null) {
        tally(ofUnit[i], i, values);
      }
    }
  }

  private int unit(UnsafeRow values) {
    boolean one = time == null || values.isNullAt(kinds.size());
    return one ? 0 : UnitSplit.of(time.of(values, kinds.size()), starts);
  }

  private void tally(Tally tally, int i, UnsafeRow values) {
    try {
      tally.add(values, i);
    } catch (RuntimeException e) {
      giveUp(i, e);
    }
  }

  /** Finds out which of the expressions can't be evaluated. */
  private UnsafeRow withoutFailing(InternalRow row) {
    for (int i = 0; i < kinds.size(); i++) {
      try {
        inputs.get(i).eval(row);
      } catch (RuntimeException e) {
        giveUp(i, e);
      }
    }
    compile();
    try {
      return projection.apply(row);
    } catch (RuntimeException e) { // alone they can be evaluated, together they can't
      IntStream.range(0, kinds.size()).forEach(i -> giveUp(i, e));
      compile();
      return projection.apply(row);
    }
  }

  /** What was measured in each unit. */
  List<Pass.OfUnit> units() {
    List<Pass.OfUnit> units = new ArrayList<>();
    for (int unit = 0; unit < rows.length; unit++) {
      units.add(new Pass.OfUnit(rows[unit], states(tallies[unit])));
    }
    return units;
  }

  private List<State> states(Tally[] ofUnit) {
    List<State> states = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      if (failures[i] != null) {
        states.add(new Unmeasured(failures[i]));
      } else {
        states.add(ofUnit == null ? kinds.get(i).none() : ofUnit[i].state());
      }
    }
    return states;
  }
}
