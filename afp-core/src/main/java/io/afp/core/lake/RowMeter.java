package io.afp.core.lake;

import io.afp.core.error.Causes;
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
 * others nor the row: whatever it throws is caught, because a function of a user may throw
 * anything.
 */
final class RowMeter {

  private final List<Measure.Kind> kinds;
  private final List<Expression> inputs;
  private final int[] tallied;
  private final int[] counted;
  private final UnitTallies[] units;
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
    this.tallied = numbers(kinds, false);
    this.counted = numbers(kinds, true);
    this.starts = starts;
    this.units = new UnitTallies[starts.size()];
    this.failures = new String[kinds.size()];
    this.time = starts.size() == 1 ? null : Values.whole(inputs.get(kinds.size()).dataType());
    compile();
  }

  private static int[] numbers(List<Measure.Kind> kinds, boolean counting) {
    return IntStream.range(0, kinds.size())
        .filter(i -> kinds.get(i) instanceof Measure.Counting == counting)
        .toArray();
  }

  /** Values that are tallied, conditions that are counted, and the time. */
  private void compile() {
    List<Expression> all = new ArrayList<>();
    IntStream.of(tallied).forEach(i -> all.add(inputs.get(i)));
    for (int first = 0; first < counted.length; first += Misses.MOST) {
      all.add(new Misses(conditions(first)));
    }
    if (time != null) {
      all.add(inputs.get(kinds.size()));
    }
    all.replaceAll(RowMeter::faster);
    projection = UnsafeProjection.create(JavaConverters.asScalaBuffer(all).toList());
    projection.initialize(TaskContext.getPartitionId());
  }

  private static Expression faster(Expression expression) {
    return Parts.replaced(expression, part -> AmongTexts.asked(WholeDecimals.compared(part)));
  }

  private scala.collection.Seq<Expression> conditions(int first) {
    List<Expression> conditions =
        IntStream.of(counted).skip(first).limit(Misses.MOST).mapToObj(inputs::get).toList();
    return JavaConverters.asScalaBuffer(conditions).toList();
  }

  private Tally[] started() {
    Tally[] started = new Tally[tallied.length];
    for (int i = 0; i < started.length; i++) {
      int measure = tallied[i];
      try {
        started[i] = kinds.get(measure).start(inputs.get(measure).dataType());
      } catch (Exception e) {
        giveUp(measure, e);
      }
    }
    return started;
  }

  private void giveUp(int measure, Exception e) {
    failures[measure] = Causes.firstLine(e);
    inputs.set(measure, Literal.create(null, inputs.get(measure).dataType()));
  }

  void add(InternalRow row) {
    UnsafeRow values;
    try {
      values = projection.apply(row);
    } catch (Exception e) { // that of Spark is checked, but Scala does not declare it
      values = withoutFailing(row);
    }
    UnitTallies unit = unit(values);
    unit.addRow();
    tally(unit, values);
    count(unit, values);
  }

  private void tally(UnitTallies unit, UnsafeRow values) {
    for (int i = 0; i < tallied.length; i++) {
      if (!values.isNullAt(i) && failures[tallied[i]] == null) {
        tally(unit, i, values);
      }
    }
  }

  private void count(UnitTallies unit, UnsafeRow values) {
    int at = tallied.length;
    for (int first = 0; first < counted.length; first += Misses.MOST) {
      long misses = values.getLong(at++);
      if (misses != 0) {
        unit.addMisses(misses, first);
      }
    }
  }

  private UnitTallies unit(UnsafeRow values) {
    int at = values.numFields() - 1;
    boolean one = time == null || values.isNullAt(at);
    int unit = one ? 0 : UnitSplit.of(time.of(values, at), starts);
    if (units[unit] == null) {
      units[unit] = new UnitTallies(started(), counted.length);
    }
    return units[unit];
  }

  private void tally(UnitTallies unit, int i, UnsafeRow values) {
    try {
      unit.tally(i).add(values, i);
    } catch (Exception e) {
      giveUp(tallied[i], e);
    }
  }

  /** Finds out which of the expressions can't be evaluated. */
  private UnsafeRow withoutFailing(InternalRow row) {
    for (int i = 0; i < kinds.size(); i++) {
      try {
        inputs.get(i).eval(row);
      } catch (Exception e) {
        giveUp(i, e);
      }
    }
    compile();
    try {
      return projection.apply(row);
    } catch (Exception e) { // alone they can be evaluated, together they can't
      IntStream.range(0, kinds.size()).forEach(i -> giveUp(i, e));
      compile();
      return projection.apply(row);
    }
  }

  /** What was measured in each unit. */
  List<Pass.OfUnit> units() {
    List<Pass.OfUnit> all = new ArrayList<>();
    for (UnitTallies unit : units) {
      all.add(new Pass.OfUnit(unit == null ? 0 : unit.rows(), states(unit)));
    }
    return all;
  }

  private List<State> states(UnitTallies unit) {
    State[] states = new State[kinds.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = kinds.get(i).none();
    }
    if (unit != null) {
      IntStream.range(0, tallied.length)
          .filter(i -> failures[tallied[i]] == null)
          .forEach(i -> states[tallied[i]] = unit.tally(i).state());
      IntStream.range(0, counted.length).forEach(i -> states[counted[i]] = unit.counts(i));
    }
    for (int i = 0; i < states.length; i++) {
      states[i] = failures[i] == null ? states[i] : new Unmeasured(failures[i]);
    }
    return List.of(states);
  }
}
