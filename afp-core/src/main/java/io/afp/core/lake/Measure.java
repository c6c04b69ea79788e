package io.afp.core.lake;

import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.afp.core.measure.Comoments;
import io.afp.core.measure.Counts;
import io.afp.core.measure.Distinct;
import io.afp.core.measure.Extremes;
import io.afp.core.measure.Frequencies;
import io.afp.core.measure.Moments;
import io.afp.core.measure.Quantiles;
import io.afp.core.measure.State;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;

/**
 * Something to be measured in rows: an expression that is evaluated for each of them, and what is
 * made of its values. Rows for which it is null are not judged.
 *
 * @param name unique among those that are measured together
 * @param input the expression; of one row, so no aggregate, no window and no subquery
 */
public record Measure(String name, Column input, Kind kind) {

  /** What is made of the values of a measure. */
  public interface Kind extends Serializable {

    /** The state of no rows. */
    State none();

    /**
     * Begins to measure values in one task.
     *
     * @param type of the values
     * @throws IllegalArgumentException if values of this type can't be measured so
     */
    Tally start(DataType type);
  }

  /** The same of rows for which something holds. */
  Measure where(Column condition) {
    return new Measure(name, when(condition, input), kind);
  }

  /** Of a boolean: how often it is true; a {@link Counts}. */
  public static Measure counts(String name, Column holds) {
    return new Measure(name, holds, new Counting());
  }

  /** Whether it asks for no more than the number of rows, which need not be looked at for it. */
  boolean countsRows() {
    return kind instanceof Counting && input.expr().equals(Literal.TrueLiteral());
  }

  /** The smallest and the largest value; an {@link Extremes}. */
  public static Measure extremes(String name, Column value) {
    return of(name, value, Extremes.none(), ExtremeTallies::of);
  }

  /** Mean, sum and spread of a number; a {@link Moments}. */
  public static Measure moments(String name, Column number) {
    return of(name, number, Moments.none(), Tallies.OfMoments::new);
  }

  /**
   * How pairs of numbers lie around their means; a {@link Comoments}.
   *
   * @param pair a struct of two doubles; null where one of them is
   */
  public static Measure comoments(String name, Column pair) {
    return of(name, pair, Comoments.none(), type -> new Tallies.OfComoments());
  }

  /** About how many different values there are; a {@link Distinct}. */
  public static Measure distinct(String name, Column value) {
    Column hash = when(value.isNotNull(), xxhash64(value));
    return of(name, hash, Distinct.none(), type -> new Tallies.OfDistinct());
  }

  /**
   * About which number a share is below; a {@link Quantiles}. What is not a number is above all:
   * NaN would have no place in the order that parts are merged in.
   *
   * @param error by how much the rank of an answer may be wrong, as a share of all
   */
  public static Measure quantiles(String name, Column number, double error) {
    Column cast = number.cast("double");
    Column value = when(isnan(cast), lit(Double.POSITIVE_INFINITY)).otherwise(cast);
    return of(name, value, Quantiles.none(error), type -> new Tallies.OfQuantiles(error));
  }

  /** How often each value occurs, of few; a {@link Frequencies}. */
  public static Measure frequencies(String name, Column value) {
    Column text = value.cast("string");
    return of(name, text, Frequencies.none(), type -> new Tallies.OfFrequencies());
  }

  /** Conditions are counted together, see {@link Misses}, and have no tally of their own. */
  record Counting() implements Kind {
    @Override
    public State none() {
      return new Counts(0, 0);
    }

    @Override
    public Tally start(DataType type) {
      throw new IllegalStateException("Conditions are counted together");
    }
  }

  /** Begins a tally of values of a type. */
  private interface Start extends Serializable {
    Tally of(DataType type);
  }

  private record Started(State none, Start start) implements Kind {
    @Override
    public Tally start(DataType type) {
      return start.of(type);
    }
  }

  private static Measure of(String name, Column input, State none, Start start) {
    return new Measure(name, input, new Started(none, start));
  }
}
